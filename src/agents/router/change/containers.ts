import type {JsonObject} from '../../../core/json.ts';
import {isJsonObject} from '../../../core/json.ts';
import {repositoryOf} from '../../../core/kube/image-reference.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../../core/kube/pod-spec.ts';
import type {Step} from './change-at.ts';

/** A container of a workload. */
export type Container = {
	readonly name: string;
	readonly image: string;
	/** Into the object. */
	readonly path: readonly Step[];
	readonly spec: JsonObject;
};

/** The containers of a workload in their order, those that only initialise last. */
export function containersIn(object: KubeObject): readonly Container[] {
	const path = templatePath(object);
	if (path === undefined) return [];
	return ['containers', 'initContainers'].flatMap(list =>
		listAt(podSpecOf(object), list).flatMap(spec => {
			const name = textAt(spec, 'name');
			if (name === undefined || !isJsonObject(spec)) return [];
			return [{name, image: textAt(spec, 'image') ?? '', path: [...path, 'spec', list, {named: name}], spec}];
		}),
	);
}

/** The last part of an image's name, `web`. */
export const shortImageName = (image: string) => repositoryOf(image).split('/').at(-1) ?? '';

const isMain = ({name, image}: Container, workload: string) => name === workload || shortImageName(image) === workload;

/**
 * The container that is spoken of: the one that is named, else the only one, else the one that carries the workload's name.
 * Undefined where several may be meant.
 */
export function theContainer(object: KubeObject, words: readonly string[]): Container | undefined {
	const workload = object.metadata.name;
	const all = containersIn(object);
	// A container with the workload's own name is no news when the workload is named.
	const named = all.filter(({name}) => name !== workload && words.includes(name));
	if (named.length > 0) return only(named);
	const running = all.filter(({path}) => path.includes('containers'));
	return only(running) ?? only(running.filter(container => isMain(container, workload)));
}

const only = <Item>(items: readonly Item[]): Item | undefined => (items.length === 1 ? items[0] : undefined);
