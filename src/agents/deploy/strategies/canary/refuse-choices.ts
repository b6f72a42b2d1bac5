import {MkcoaError} from '../../../../core/error.ts';
import type {AskedCanary} from './asked-canary.ts';
import {readWeights} from './read-weights.ts';

/** Choices that contradict each other. @throws `bad-pause`, `surge-not-kept` */
export function refuseChoices(asked: AskedCanary, isRatio: boolean): void {
	refusePauseAt(asked.steps, asked.pauseAt ?? '');
	refuseSurge(asked, isRatio);
}

function refusePauseAt(steps: string, pauseAt: string): void {
	const weights = readWeights(steps).filter(weight => weight < 100);
	const strange = readWeights(pauseAt).find(weight => !weights.includes(weight));
	if (strange === undefined) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'bad-pause',
		what: `There is no step of ${strange} % to pause at`,
		why: `the steps below 100 % are ${weights.join(', ')}`,
		next: `Name one of them: --pause-at ${weights[0]}`,
	});
}

/** A surge is a promise about pods: with a route the stable side stays whole, and a baseline doubles what comes on top. */
function refuseSurge({maxSurge, baseline}: AskedCanary, isRatio: boolean): void {
	if (maxSurge === undefined || (isRatio && !baseline)) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'surge-not-kept',
		what: '--max-surge cannot be kept here',
		why: isRatio
			? 'a baseline takes as many pods again as the canary'
			: 'with a route the stable version keeps all its pods, and the canary comes on top',
		next: isRatio ? 'Leave --baseline or --max-surge away' : 'Leave it away, or share by numbers of pods with --traffic replicas',
	});
}
