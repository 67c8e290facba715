import type { InputRequest, OnInput } from '../engine/worker/standardInput.js';
import type { PanelModel } from './model/panelModel.js';
import type { OpenInputRequest } from './model/inputRequests.js';
import type { SessionPanel } from './sessionPanel.js';

export interface AskForInputOptions {
  readonly model: PanelModel;
  readonly panel: Pick<SessionPanel, 'visible' | 'isAwaited' | 'onDidChangeVisible' | 'show'>;
  /**
   * Asks elsewhere while the panel is hidden and does not come back by itself, or shows another session. Calls `leave`
   * when it cannot go on asking there.
   */
  readonly elsewhere: (request: InputRequest, leave?: () => void) => Promise<string | undefined>;
}

/** Asks in the panel, below the output of the command that asks, or elsewhere while the panel does not show that. */
export function askForInput(options: AskForInputOptions): OnInput {
  const { model, panel, elsewhere } = options;
  return async (request) => {
    const question = model.ask(request);
    if (!question) return elsewhere(request);
    let away: AbortController | undefined;
    const follow = (): void => {
      const isShown = panel.visible && model.shows(request.results);
      if (isShown) away?.abort();
      if (isShown || panel.isAwaited || away?.signal.aborted === false) return;
      away = new AbortController();
      void passOn(options, { ...request, signal: AbortSignal.any([request.signal, away.signal]) }, question);
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
  { model, panel, elsewhere }: AskForInputOptions,
  request: InputRequest,
  question: OpenInputRequest,
): Promise<void> {
  const key = request.results && model.keyOf(request.results);
  const text = await elsewhere(request, () => {
    panel.show(key === undefined ? {} : { key });
  });
  if (!request.signal.aborted) question.answer(text);
}
