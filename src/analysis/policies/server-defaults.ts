import type {Json, JsonObject} from '../../core/json.ts';
import {listAt, objectAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {podSpecOf, templatePath} from '../../core/kube/pod-spec.ts';

const withSource = (volume: Json): JsonObject => {
	const {name, ...source} = objectAt(volume);
	return Object.keys(source).length === 0 ? {...(name === undefined ? {} : {name}), emptyDir: {}} : objectAt(volume);
};

const withHostPorts = (container: Json): JsonObject => ({
	...objectAt(container),
	...(valueAt(container, 'ports') === undefined
		? {}
		: {
				ports: listAt(container, 'ports').map(port => ({
					...objectAt(port),
					hostPort: valueAt(port, 'hostPort') ?? valueAt(port, 'containerPort') ?? 0,
				})),
			}),
});

function defaultedSpec(spec: JsonObject, isPod: boolean): JsonObject {
	const lists = isPod && spec.hostNetwork === true ? ['initContainers', 'containers'].filter(list => spec[list] !== undefined) : [];
	return {
		...spec,
		...(spec.volumes === undefined ? {} : {volumes: listAt(spec, 'volumes').map(withSource)}),
		...Object.fromEntries(lists.map(list => [list, listAt(spec, list).map(withHostPorts)])),
	};
}

const replacedAt = (object: JsonObject, [step, ...rest]: readonly string[], value: JsonObject): JsonObject =>
	step === undefined ? value : {...object, [step]: replacedAt(objectAt(object, step), rest, value)};

/**
 * An object that runs pods with what the server fills in before admission looks at it, as far as rules ask for it: a volume without a source is an
 * emptyDir, and a pod in the network of its node takes the ports that its containers name.
 */
export function withServerDefaults(object: KubeObject): KubeObject {
	const path = templatePath(object);
	if (path === undefined || textAt(object, 'kind') === undefined) return object;
	const spec = defaultedSpec(podSpecOf(object), object.kind === 'Pod');
	return replacedAt(objectAt(object), [...path, 'spec'], spec) as unknown as KubeObject;
}
