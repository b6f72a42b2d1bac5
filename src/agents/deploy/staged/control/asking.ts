import type {KubeObject} from '../../../../core/kube/kube-object.ts';
import type {Context} from '../../../../core/tool.ts';
import type {DeployPorts} from '../../ports.ts';
import type {Start} from '../layout.ts';
import {workloadName} from '../lease/held-by.ts';
import type {ControlInput, ControlVerb} from './control-input.ts';

/** Who wants what of the rollout of which workload. */
export type Asking = {
	readonly verb: ControlVerb;
	readonly full: boolean;
	readonly workload: KubeObject;
	readonly context: Context<DeployPorts>;
};

/** @param start where a rollout that is taken over goes on */
export const inputOf = ({verb, full, workload}: Asking, way: ControlInput['way'], start: Start): ControlInput => ({
	...workloadName(workload),
	verb,
	full,
	way,
	...start,
});
