import type {KubeObject} from '../../../src/core/kube/kube-object.ts';
import {runningAnyImage} from '../../../src/sandbox/life/kubelet/image-rules.ts';
import type {Container, Pod} from '../../../src/sandbox/life/pod-shapes.ts';
import {isKind} from '../../../src/sandbox/life/world.ts';

/**
 * What becomes of a container: its image's tag says so; or it runs, whatever its image; or it is ready too, whatever its probes ask and
 * its pod refers to, as by KWOK's own stages.
 */
export type Images = 'by their tags' | 'all run' | 'all ready';

/** An object as the kubelets see it; on the server it stays as it is. */
export const podView: {readonly [images in Images]: <Found extends KubeObject>(object: Found) => Found} = {
	'by their tags': object => object,
	'all run': runningAnyImage,
	'all ready': object => (isKind(object, 'Pod') ? runningAnyImage({...object, spec: withoutNeeds(object.spec)}) : object),
};

const withoutNeeds = ({volumes: _, ...spec}: Pod['spec']): Pod['spec'] => ({
	...spec,
	containers: spec.containers.map(bare),
	...(spec.initContainers === undefined ? {} : {initContainers: spec.initContainers.map(bare)}),
});

const bare = ({
	env: _env,
	envFrom: _from,
	readinessProbe: _ready,
	livenessProbe: _live,
	startupProbe: _start,
	...rest
}: Container): Container => rest;
