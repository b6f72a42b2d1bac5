import type {Json} from '../../core/json.ts';
import {listAt, textAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../core/kube/pod-spec.ts';
import {oncePerObject} from '../../core/once-per-object.ts';

/** A container of a workload's template, and where it stands. */
export type PlacedContainer = {
	readonly name: string;
	readonly container: Json;
	readonly place: readonly (string | number)[];
	/** It runs before the others and ends; a sidecar does not end. */
	readonly isInit: boolean;
};

const lists = ['initContainers', 'containers'] as const;

/** Where an object keeps the pod spec that it runs. */
export const podSpecPlace = (workload: KubeObject): readonly string[] => [...(templatePath(workload) ?? []), 'spec'];

/** Every container that a workload runs, init containers first. */
export const placedContainers = oncePerObject((workload: KubeObject): readonly PlacedContainer[] =>
	lists.flatMap(list =>
		listAt(podSpecOf(workload), list).map((container, index) => ({
			name: textAt(container, 'name') ?? '',
			container,
			place: [...podSpecPlace(workload), list, index],
			isInit: list === 'initContainers' && textAt(container, 'restartPolicy') !== 'Always',
		})),
	),
);
