import type { PlotsView } from '../plots/plotsView.js';
import type { CommandContext } from './commandContext.js';

/** A handler for the plot whose context menu was opened, or else the one in front. */
export function onPlot(action: 'open' | 'save' | 'goToCommand' | 'runAgain' | 'delete') {
  return ({ plots }: CommandContext, argument: unknown): void => {
    plots[action](plots.plot(plotId(argument)));
  };
}

/** VS Code passes the context that the page has set; a title bar passes nothing about a plot. */
function plotId(argument: unknown): Parameters<PlotsView['plot']>[0] {
  const id = (argument as { readonly plot?: unknown } | null | undefined)?.plot;
  return typeof id === 'string' ? id : undefined;
}
