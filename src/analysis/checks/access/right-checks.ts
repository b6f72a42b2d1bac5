import {holderText} from '../../access/grants.ts';
import {type AnyCheck, check} from '../check.ts';
import {type Hold, holdFault, holdText, onHolds} from './holds.ts';
import {givingRules, type Right} from './right.ts';
import {rights} from './rights.ts';

const faultsOf = (hold: Hold, right: Right, may: string) =>
	givingRules(hold, right).map(words => holdFault(hold, words, `${holderText(hold.holder)} may ${may}: ${holdText(hold)}`));

const everything: Right = {verbs: [], resources: {'': []}};

/** One check for each right that few should hold. */
export const rightChecks: readonly AnyCheck[] = [
	check({
		id: 'cluster-administrator',
		family: 'access',
		title: 'Nobody holds all verbs on all resources but who administers the cluster',
		why: 'Whoever holds everything needs no gap to take the cluster: one lost credential of theirs is enough.',
		severity: 'critical',
		...onHolds({}, hold => faultsOf(hold, everything, 'do everything')),
	}),
	...rights.map(({id, may, why, severity, ...right}) =>
		check({
			...{id, family: 'access', title: `Nobody may ${may} who does not need to`, why, severity},
			...onHolds({}, hold => faultsOf(hold, right, may)),
		}),
	),
];
