import type { InputRequest, OnInput } from '../engine/worker/standardInput.js';
import type { PanelModel } from './model/panelModel.js';
import type { OpenInputRequest } from './model/inputRequests.js';
import type { SessionPanel } from './sessionPanel.js';

export interface AskForInputOptions {
  readonly model: PanelModel;
  readonly panel: Pick<SessionPanel, 'visible' | 'isAwaited' | 'onDidChangeVisible'>;
  /** Asks elsewhere while the panel is hidden and does not come back by itself, or shows another session. */
  readonly elsewhere: OnInput;
}

/** Asks in the panel, below the output of the command that asks, or elsewhere while the panel does not show that. */
export function askForInput({ model, panel, elsewhere }: AskForInputOptions): OnInput {
  return async (request) => {
    const question = model.ask(request);
    if (!question) return elsewhere(request);
    let away: AbortController | undefined;
    const follow = (): void => {
      const isShown = panel.visible && model.shows(request.results);
      if (isShown) away?.abort();
      if (isShown || panel.isAwaited || away?.signal.aborted === false) return;
      away = new AbortController();
      void passOn(elsewhere, request, question, away.signal);
    };
    const subscriptions = [
      panel.onDidChangeVisible(follow),
      model.onDidChange(({ type }) => {
        if (type === 'reset') follow();
      }),
    ];
    follow();
    try {
      return await question.answered;
    } finally {
      for (const each of subscriptions) each.dispose();
      away?.abort();
    }
  };
}

async function passOn(
  elsewhere: OnInput,
  request: InputRequest,
  question: OpenInputRequest,
  backInPanel: AbortSignal,
): Promise<void> {
  const signal = AbortSignal.any([request.signal, backInPanel]);
  const text = await elsewhere({ ...request, signal });
  if (!signal.aborted) question.answer(text);
}
