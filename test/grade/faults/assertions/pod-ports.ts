import type {Json} from '../../../../src/core/json.ts';
import {listAt, numberAt, textAt} from '../../../../src/core/kube/json-at.ts';

type PodPort = {readonly name: string | undefined; readonly port: number | undefined; readonly protocol: string};

/** The ports that a pod's containers declare, its sidecars' too. */
export const podPorts = (podSpec: Json | undefined): readonly PodPort[] =>
	[
		...listAt(podSpec, 'containers'),
		...listAt(podSpec, 'initContainers').filter(container => textAt(container, 'restartPolicy') === 'Always'),
	]
		.flatMap(container => listAt(container, 'ports'))
		.map(port => ({
			name: textAt(port, 'name'),
			port: numberAt(port, 'containerPort'),
			protocol: textAt(port, 'protocol') ?? 'TCP',
		}));
