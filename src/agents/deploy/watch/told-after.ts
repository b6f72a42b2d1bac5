import type {RolloutPicture, TreeNode} from '../../../core/rollout-picture.ts';
import {oneLine} from '../../../core/text/one-line.ts';

const mostTold = 50;

const stateLines: {readonly [state in RolloutPicture['state']]: string} = {
	running: 'it goes on',
	paused: 'it is paused',
	promoting: 'somebody promotes it in full',
	aborting: 'it goes back',
	stopped: 'nobody carries it out any more',
	done: 'it is done',
	failed: 'it is over',
};

/** What is news in a picture, one line each. Of the first one it is where the rollout is. */
export function newsOf(before: RolloutPicture | undefined, now: RolloutPicture): readonly string[] {
	const {state, step, verdict, reason = '', progress, away} = now;
	if (away !== undefined) return before?.away === undefined ? [`the cluster does not answer: ${away.why}`] : [];
	const because = reason === '' || reason === before?.reason ? '' : `: ${reason}`;
	const isSameStep = step?.title === before?.step?.title && step?.index === before?.step?.index;
	const isDecided = verdict?.isOpen !== true && (verdict?.verdict === 'pass' || verdict?.verdict === 'fail');
	const known = new Set(before === undefined ? [] : badNodes(before.tree));
	const isRequest = progress?.text.includes('asked and not done yet') === true && progress.text !== before?.progress?.text;
	const isFirst = before === undefined && state === 'running';
	const begins = state === 'running' && (before?.state === 'done' || before?.state === 'failed');
	return [
		...(before?.away === undefined ? [] : ['the cluster answers again']),
		...(state === before?.state || isFirst ? [] : [begins ? 'a rollout begins' : `${stateLines[state]}${because}`]),
		...(isDecided && verdict.text !== before?.verdict?.text ? [`${verdict.verdict}: ${verdict.text}`] : []),
		...(step === undefined || isSameStep ? [] : [`step ${step.index + 1} of ${step.of}: ${step.title}`]),
		...(isRequest ? [progress.text] : []),
		...badNodes(now.tree).filter(text => !known.has(text)),
	].map(text => oneLine(text));
}

/** Whatever cannot run, the lowest things alone: what stands above says no more. */
const badNodes = (nodes: readonly TreeNode[]): readonly string[] =>
	nodes.flatMap(({name, text, state, children}) => {
		const below = badNodes(children);
		return below.length > 0 || state !== 'bad' ? below : [`${name}: ${text}`];
	});

/** Everything that was told, the news last. */
export const toldAfter = (told: readonly string[], news: readonly string[]) => [...told, ...news].slice(-mostTold);
