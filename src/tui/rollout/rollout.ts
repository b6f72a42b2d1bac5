import type {Event} from '../../core/event.ts';
import type {RolloutPicture, RolloutState} from '../../core/rollout-picture.ts';
import {oneLine} from '../../core/text/one-line.ts';

const mostTold = 50;

const told = (rollout: RolloutPicture, text: string): RolloutPicture => {
	const line = oneLine(text);
	return line === rollout.told.at(-1) ? rollout : {...rollout, told: [...rollout.told, line].slice(-mostTold)};
};

const stateAfter = (kind: Extract<Event, {kind: 'ended'}>['outcome']['kind']): RolloutState =>
	kind === 'done' || kind === 'nothing-to-do' ? 'done' : 'failed';

/** The rollout after one event of its run. Tree and weights come from who watches the cluster. */
export function rolloutAfter(rollout: RolloutPicture, event: Event): RolloutPicture {
	switch (event.kind) {
		case 'step':
			return told({...rollout, step: {index: event.index, of: event.of, title: event.title}, progress: undefined}, event.title);
		case 'progress':
			return {...rollout, progress: event};
		case 'verdict': {
			const metrics = event.evidence === undefined ? rollout.metrics : event.evidence.metrics;
			return told({...rollout, verdict: {verdict: event.verdict, text: event.text}, metrics}, `${event.verdict}: ${event.text}`);
		}
		case 'note':
			return told(rollout, event.text);
		case 'ended':
			return {...rollout, state: stateAfter(event.outcome.kind), progress: undefined, endsAt: undefined};
		default:
			return rollout;
	}
}
