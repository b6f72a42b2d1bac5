import {allChecks} from '../../../../src/analysis/checks/all-checks.ts';
import type {Settings} from '../../../../src/analysis/checks/check.ts';
import {runChecks} from '../../../../src/analysis/checks/run-checks.ts';
import {worldOf} from '../../../../src/analysis/checks/world.ts';
import type {JsonObject} from '../../../../src/core/json.ts';
import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';

/** What a check says of some objects: the fields at fault in them, none where all pass, `n/a` where it applies to none of them. */
export type Row = {
	readonly check: string;
	readonly of: string;
	readonly objects: readonly KubeObject[];
	readonly paths: readonly string[] | 'n/a';
	readonly settings?: Settings;
};

/** @returns the rows of one check: what they are about, the objects, and the fields at fault */
export const rowsOf = (
	check: string,
	rows: readonly (readonly [string, KubeObject | readonly KubeObject[], Row['paths'], Settings?])[],
): readonly Row[] =>
	rows.map(([of, objects, paths, settings]) => ({
		...{check, of, objects: [objects].flat() as readonly KubeObject[], paths},
		...(settings === undefined ? {} : {settings}),
	}));

/** The fields that a check finds at fault. */
export function pathsFound({check: id, objects, settings}: Row): Row['paths'] {
	const check = allChecks.find(each => each.id === id);
	if (check === undefined) throw new Error(`there is no check ${id}`);
	const verdicts = runChecks([check], worldOf(objects), {
		unread: new Map(),
		...(settings === undefined ? {} : {settings: {[id]: settings}}),
	});
	if (verdicts.every(({status}) => status === 'not-applicable')) return 'n/a';
	return verdicts.flatMap(verdict =>
		verdict.status === 'fail' ? verdict.faults.flatMap(({paths}) => (paths.length === 0 ? ['the object'] : paths)) : [],
	);
}

export const pod = (spec: JsonObject, metadata: JsonObject = {}): KubeObject => ({
	...{apiVersion: 'v1', kind: 'Pod', metadata: {name: 'web', namespace: 'shop', ...metadata}},
	spec: {containers: [{name: 'app', image: 'registry.example.com/app:1.0'}], ...spec},
});

/** A pod of one container. */
export const one = (container: JsonObject, spec: JsonObject = {}): KubeObject => pod({containers: [{name: 'app', ...container}], ...spec});

/** A pod of one container with this security context. */
export const secured = (securityContext: JsonObject, spec: JsonObject = {}): KubeObject => one({securityContext}, spec);

export const deployment = (podSpec: JsonObject, spec: JsonObject = {}, metadata: JsonObject = {}): KubeObject => ({
	...{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web', namespace: 'shop', ...metadata}},
	spec: {
		selector: {matchLabels: {app: 'web'}},
		template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'app', image: 'registry.example.com/app:1.0'}], ...podSpec}},
		...spec,
	},
});

export const cronJob = (podSpec: JsonObject, spec: JsonObject = {}): KubeObject => ({
	...{apiVersion: 'batch/v1', kind: 'CronJob', metadata: {name: 'nightly', namespace: 'shop'}},
	spec: {
		schedule: '0 3 * * *',
		jobTemplate: {spec: {template: {spec: {containers: [{name: 'app', image: 'registry.example.com/app:1.0'}], ...podSpec}}}},
		...spec,
	},
});

export const job = (spec: JsonObject, metadata: JsonObject = {}): KubeObject => ({
	...{apiVersion: 'batch/v1', kind: 'Job', metadata: {name: 'import', namespace: 'shop', ...metadata}},
	spec: {template: {spec: {restartPolicy: 'Never', containers: [{name: 'app', image: 'registry.example.com/app:1.0'}]}}, ...spec},
});

/** Of the core group, in the namespace of the others. */
export const core = (kind: string, name: string, more: JsonObject = {}, metadata: JsonObject = {}): KubeObject => ({
	...{apiVersion: 'v1', kind, metadata: {name, namespace: 'shop', ...metadata}},
	...more,
});

export const windows = {os: {name: 'windows'}};
