import type {Consequence, Risk, Severity} from '../plan.ts';
import type {Effect} from '../tool.ts';
import {configUseRule} from './config-use.ts';
import {deletionRule} from './deletion.ts';
import {disruptionRule} from './disruption.ts';
import {elevationRule} from './elevation.ts';
import {gravestFirst} from './gravest-first.ts';
import {imageRule} from './image.ts';
import {immutableRule} from './immutable.ts';
import {nodeRule} from './node.ts';
import {ownershipRule} from './ownership.ts';
import type {ChangeQuestion, Rule} from './question.ts';
import {replicasRule} from './replicas.ts';
import {rolloutRule} from './rollout.ts';
import {trafficRule} from './traffic.ts';

const rules: readonly Rule[] = [
	immutableRule,
	deletionRule,
	rolloutRule,
	replicasRule,
	trafficRule,
	configUseRule,
	disruptionRule,
	nodeRule,
	imageRule,
	elevationRule,
	ownershipRule,
];

/** What follows from one change, computed from the live objects around it. The gravest first. */
export const consequencesOf = (question: ChangeQuestion): readonly Consequence[] => gravestFirst(rules.flatMap(rule => rule(question)));

/** The risk of a whole plan: high where anything is a danger, medium where something needs a look or the tool destroys, low otherwise. */
export function riskOf(consequences: readonly Consequence[], effect: Effect): Risk {
	const texts = (severity: Severity) => [
		...new Set(consequences.filter(consequence => consequence.severity === severity).map(({text}) => text)),
	];
	const [dangers, warnings] = [texts('danger'), texts('warning')];
	if (dangers.length > 0) return {level: 'high', reasons: dangers};
	if (warnings.length > 0) return {level: 'medium', reasons: warnings};
	return effect === 'destructive'
		? {level: 'medium', reasons: ['What it takes away does not come back by itself']}
		: {level: 'low', reasons: []};
}
