/**
 * The common markers of cells: `# %%` (Jupyter, Spyder), `# In[3]:` and `# <codecell>` (nbconvert),
 * `# COMMAND ----------` and, above the first cell, `# Databricks notebook source` (Databricks).
 */
export const usualPythonMarker =
  /^#\s*(?:%%+|In\s?\[[\d\s*]*\]:?|<(?:codecell|markdowncell)>|COMMAND -{10,}|Databricks notebook source\s*$)/;

/** Jupytext's own, where `# %%time` is a magic. */
export const jupytextMarker = /^#\s*%%+(?=\s|$)/;
