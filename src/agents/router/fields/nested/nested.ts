import type {Json} from '../../../../core/json.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Clause} from '../../clause.ts';
import type {Field} from '../field.ts';

/** A field that holds a list or a map, and how a request tells it. */
export type Nested = Pick<Field, 'kinds' | 'place' | 'path'> & {
	/** What a clause wants there; undefined where it speaks of nothing of the kind. Items of a list come to those that are there. */
	readonly read: (clause: Clause, object: KubeObject) => Json | undefined;
};

export const podKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Pod'] as const;

/** What stands there, with what is told: new items of a list come last, a map is taken as it is told. */
export function joined(now: Json | undefined, told: Json): Json {
	if (!Array.isArray(told) || !Array.isArray(now)) return told;
	const known = new Set(now.map(item => JSON.stringify(item)));
	return [...now, ...told.filter(item => !known.has(JSON.stringify(item)))];
}
