/**
 * The common markers of cells: `# %%` (Jupyter, Spyder), `# In[3]:` and `# <codecell>` (nbconvert),
 * `# COMMAND ----------` (Databricks).
 */
export const usualPythonMarker = /^#\s*(?:%%+|In\s?\[[\d\s*]*\]:?|<(?:codecell|markdowncell)>|COMMAND -{10,})/;
