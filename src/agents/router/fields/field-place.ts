import type {Json} from '../../../core/json.ts';
import {valueAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {templatePath} from '../../../core/kube/pod-spec.ts';
import type {Step} from '../change/change-at.ts';
import type {Container} from '../change/containers.ts';
import type {Field} from './field.ts';

/** Where a field of an object stands, and what is there now. */
export type FieldPlace = {readonly path: readonly Step[]; readonly now: Json | undefined};

/** @param container the one that is meant, for a field of a container */
export function fieldPlace(
	object: KubeObject,
	{place, path}: Pick<Field, 'place' | 'path'>,
	container?: Container,
): FieldPlace | undefined {
	if (place === 'container')
		return container === undefined ? undefined : {path: [...container.path, ...path], now: valueAt(container.spec, ...path)};
	const whole = [...aroundOf(object, place), ...path];
	return {path: whole, now: valueAt(object, ...whole)};
}

function aroundOf(object: KubeObject, place: Field['place']): readonly string[] {
	if (place === 'object') return [];
	if (place === 'job') return object.kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec'] : ['spec'];
	return [...(templatePath(object) ?? []), 'spec'];
}
