import {MkcoaError} from '../../../../core/error.ts';
import {objectAt, textAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import {base64Of, type Values} from './read-values.ts';
import {refuseImmutable} from './refuse-setting.ts';
import {secretTypes} from './secret-types.ts';

/** The type of a Secret that is there or will be. @throws `immutable`; `other-type`, since a type cannot be changed */
export function secretTypeOf(live: KubeObject | undefined, asked: keyof typeof secretTypes | undefined, name: string): string {
	if (live === undefined) return secretTypes[asked ?? 'opaque'];
	const type = textAt(live, 'type') ?? secretTypes.opaque;
	refuseImmutable(live, 'Create another under a new name with this command, and let the workloads name that one');
	if (asked === undefined || secretTypes[asked] === type) return type;
	throw new MkcoaError({
		kind: 'usage',
		code: 'other-type',
		what: `Secret ${name} is of type ${type}, and a type cannot be changed`,
		next: 'Leave --type out, or create another Secret',
	});
}

/** All that the Secret will hold. */
export function secretContent(live: KubeObject | undefined, values: Values, removed: readonly string[]): Values {
	const held = Object.entries(objectAt(live, 'data')).map(
		([key, value]) => [key, new Uint8Array(Buffer.from(String(value), 'base64'))] as const,
	);
	return new Map([...held, ...values].filter(([key]) => !removed.includes(key)));
}

type SecretRef = {readonly apiVersion: 'v1'; readonly kind: 'Secret'; readonly namespace: string; readonly name: string};

/** What a Secret has beside its values. */
export type SecretExtras = {readonly labels: {readonly [key: string]: string}; readonly isImmutable: boolean};

/** Creates a Secret, or sets and removes keys of a live one. */
export function secretChange(
	ref: SecretRef,
	live: KubeObject | undefined,
	type: string,
	values: Values,
	removed: readonly string[],
	{labels, isImmutable: fixed}: SecretExtras = {labels: {}, isImmutable: false},
): Write {
	const data = Object.fromEntries([...values].map(([key, value]) => [key, base64Of(value)]));
	const {apiVersion, kind, ...metadata} = ref;
	const labelled = Object.keys(labels).length === 0 ? {} : {labels};
	const more = fixed ? {immutable: true} : {};
	if (live === undefined)
		return {op: 'create', ref, manifest: {apiVersion, kind, metadata: {...metadata, ...labelled}, type, data, ...more}};
	const changed = {...data, ...Object.fromEntries(removed.map(key => [key, null]))};
	return {op: 'patch', ref, type: 'merge', patch: {data: changed, ...more, ...('labels' in labelled ? {metadata: labelled} : {})}};
}
