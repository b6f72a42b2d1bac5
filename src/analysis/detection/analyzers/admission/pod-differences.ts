import {canonicalJson, type Json} from '../../../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../../../core/kube/pod-spec.ts';

/** One field of a pod that is not what its template says. */
export type Difference = {readonly field: string; readonly before: Json | undefined; readonly after: Json | undefined};

const byName = (items: readonly Json[]) => new Map(items.map(item => [textAt(item, 'name') ?? '', item]));

const same = (one: Json | undefined, other: Json | undefined) => canonicalJson(one) === canonicalJson(other);

/** `registry/app:1` and `registry/app@sha256:…` are one image, and a mirror hands out the same under another host. */
function isSameImage(before: string, after: string): boolean {
	const parts = (image: string) => {
		const [name = '', digest] = image.split('@');
		const [, ...path] = name.split('/');
		return {path: path.length === 0 ? name : path.join('/'), digest};
	};
	const [one, two] = [parts(before), parts(after)];
	return one.path === two.path || two.path.endsWith(`/${one.path}`) || (two.digest !== undefined && one.path.startsWith(two.path));
}

/** What a mutation changes in a container that a person would miss: what is only added for all, such as a variable, is usual. */
function ofContainer(name: string, before: Json, after: Json): readonly Difference[] {
	const at = (field: string) => `containers[${name}].${field}`;
	const [image, now] = [textAt(before, 'image') ?? '', textAt(after, 'image') ?? ''];
	const variables = byName(listAt(after, 'env'));
	return [
		...(image === '' || isSameImage(image, now) ? [] : [{field: at('image'), before: image, after: now}]),
		...listAt(before, 'env').flatMap(variable => {
			const own = textAt(variable, 'name') ?? '';
			const other = variables.get(own);
			return same(valueAt(variable, 'value') ?? '', valueAt(other, 'value') ?? '') && other !== undefined
				? []
				: [{field: at(`env[${own}]`), before: valueAt(variable, 'value'), after: valueAt(other, 'value')}];
		}),
		...['command', 'args'].flatMap(field => {
			const [one, two] = [listAt(before, field), listAt(after, field)];
			return same(one, two) ? [] : [{field: at(field), before: one, after: two}];
		}),
		...['requests', 'limits'].flatMap(list =>
			Object.entries(objectAt(before, 'resources', list)).flatMap(([thing, value]) => {
				const other = objectAt(after, 'resources', list)[thing];
				return String(value) === String(other) ? [] : [{field: at(`resources.${list}.${thing}`), before: value, after: other}];
			}),
		),
	];
}

/** Where a pod is not what the template of its workload says. */
export function differencesOf(pod: KubeObject, workload: KubeObject): readonly Difference[] {
	const template = podSpecOf(workload);
	const labels = objectAt(workload, ...(templatePath(workload) ?? []), 'metadata', 'labels');
	const containers = byName(listAt(pod, 'spec', 'containers'));
	return [
		...listAt(template, 'containers').flatMap(each => {
			const name = textAt(each, 'name') ?? '';
			const now = containers.get(name);
			return now === undefined ? [{field: `containers[${name}]`, before: name, after: undefined}] : ofContainer(name, each, now);
		}),
		...Object.entries(labels).flatMap(([key, value]) =>
			pod.metadata.labels?.[key] === value ? [] : [{field: `metadata.labels[${key}]`, before: value, after: pod.metadata.labels?.[key]}],
		),
		...['nodeSelector', 'serviceAccountName', 'priorityClassName', 'schedulerName'].flatMap(field => {
			const [one, two] = [template[field], valueAt(pod, 'spec', field)];
			return one === undefined || same(one, two) ? [] : [{field, before: one, after: two}];
		}),
	];
}
