/** In pixels. */
export const usualSize = { width: 1400, height: 600 };

/** Of a window that is to be looked at, in pixels. */
export const pictureSize = { width: 1400, height: 850 };

export const themes = {
  dark: { label: 'Dark Modern', className: 'vs-dark' },
  light: { label: 'Light Modern', className: 'vs' },
  highContrast: { label: 'Dark High Contrast', className: 'hc-black' },
  highContrastLight: { label: 'Light High Contrast', className: 'hc-light' },
} as const;

export type Theme = keyof typeof themes;
