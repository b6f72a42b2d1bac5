import {listAt} from '../../../../core/kube/json-at.ts';
import {capabilitiesIn} from '../../create/pods/capabilities.ts';
import {type Nested, podKinds} from './nested.ts';

const of = (list: 'add' | 'drop'): Nested => ({
	kinds: podKinds,
	place: 'container',
	path: ['securityContext', 'capabilities', list],
	read: ({text}) => {
		const found = listAt(capabilitiesIn(text).capabilities, list);
		return found.length === 0 ? undefined : found;
	},
});

/** `drop all capabilities and add NET_BIND_SERVICE`. */
export const capabilities: readonly Nested[] = [of('drop'), of('add')];
