import {render} from 'ink';
import type {Decision} from '../core/decision.ts';
import {plainReview} from './plain-review.ts';
import {ReviewApp} from './review-app.tsx';
import {answeredLines, type Question} from './review-layout.ts';
import type {ReviewServices} from './review-services.ts';
import {StyledLines} from './styled-lines.tsx';
import {type ThemeName, themeOf} from './theme.ts';

/** Where the review is drawn. `output` is standard error: standard output belongs to the answer. */
export type Terminal = {
	readonly input: NodeJS.ReadStream;
	readonly output: NodeJS.WriteStream;
	readonly theme: ThemeName;
	/** Asks with lines of text: for screen readers and terminals that cannot move the cursor. */
	readonly plain: boolean;
	/** Keys pressed this soon after the plan appeared were meant for something else: they are no yes. */
	readonly settleMs?: number;
	/** Milliseconds of any clock. */
	readonly now?: () => number;
	/** What can be done with the plan before it is answered. */
	readonly services?: ReviewServices;
};

/**
 * Shows a plan and waits for the answer, then leaves one line:
 *
 *     ─ Review ───────────────────── plan 3a81e949558a ─
 *     Update shop/web to image 1.43.0
 *     Target  prod, namespace shop
 *     Risk    ! medium: 3 ready pods are replaced
 *     ─ Changes to 1 resource ──────────────────────────
 *     > update Deployment shop/web
 *     ─ Deployment shop/web ────────────────────────────
 *       spec.replicas: 3 → 5
 *     ──────────────────────────────────────────────────
 *     Apply this plan? [y/N]
 *     y apply   n no   ? keys
 *
 * Everything but a plain yes is a reject: Enter, Escape, Ctrl-C, a closed terminal, an aborted signal.
 */
export async function reviewPlan(question: Question, terminal: Terminal, signal: AbortSignal): Promise<Decision> {
	if (signal.aborted) return {kind: 'reject', feedback: ''};
	if (terminal.plain) return plainReview(question, terminal, signal);
	const {input, output, theme, settleMs = 250, now = () => performance.now(), services = {}} = terminal;
	let decision: Decision = {kind: 'reject', feedback: ''};
	const shownAt = now();
	const app = render(
		<ReviewApp
			question={question}
			theme={themeOf(theme)}
			services={services}
			isSettled={() => now() - shownAt >= settleMs}
			onDecision={answer => {
				decision = answer;
			}}
		/>,
		{stdin: input, stdout: output, stderr: output, exitOnCtrlC: false, patchConsole: false, interactive: true},
	);
	const close = () => {
		app.rerender(<StyledLines lines={answeredLines(question, decision, output.columns)} theme={themeOf(theme)} />);
		app.unmount();
	};
	const closings = ['end', 'close', 'error'] as const;
	signal.addEventListener('abort', close, {once: true});
	for (const event of closings) input.once(event, close);
	try {
		await app.waitUntilExit();
	} finally {
		signal.removeEventListener('abort', close);
		for (const event of closings) input.removeListener(event, close);
	}
	return decision;
}
