import type {Described, Rule, Sequence} from './rule.ts';
import {activityRules} from './rules/activity.ts';
import {clusterRules} from './rules/cluster.ts';
import {identityRules} from './rules/identities.ts';
import {inPodRules} from './rules/in-pods.ts';
import {podRules} from './rules/pods.ts';
import {rightsRules} from './rules/rights.ts';
import {secretRules} from './rules/secrets.ts';
import {trafficRules} from './rules/traffic.ts';
import {sequences} from './sequences/sequences.ts';

/** What is told unless somebody wants less: ordinary work is not in it. */
export const threatRules: readonly Rule[] = [
	...[...rightsRules, ...identityRules, ...inPodRules, ...podRules],
	...[...secretRules, ...clusterRules, ...trafficRules],
];

/** Every rule that looks at one event. */
export const allRules: readonly Rule[] = [...threatRules, ...activityRules];

/** What each detection tells of itself, by its id. */
export const detections: ReadonlyMap<string, Described> = new Map<string, Described>(
	[...sequences, ...allRules].map((each: Rule | Sequence) => [each.id, each]),
);
