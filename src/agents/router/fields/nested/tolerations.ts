import {tolerationsIn} from '../../create/pods/tolerations.ts';
import {type Nested, podKinds} from './nested.ts';

/** `tolerates taint dedicated=render:NoSchedule`, `모든 테인트를 견디게`. */
export const tolerations: Nested = {
	kinds: podKinds,
	place: 'pod',
	path: ['tolerations'],
	read: ({text}) => {
		const {found} = tolerationsIn(text);
		return found.length === 0 ? undefined : found;
	},
};
