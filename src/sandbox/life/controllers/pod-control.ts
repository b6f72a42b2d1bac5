import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {StatusError} from '../../status-error.ts';
import type {Tools} from '../controller.ts';
import type {Pod} from '../pod-shapes.ts';

/** Creates and deletes pods for their owners, and says so in events with the words of the real controllers. */
export function podControl({machine, record}: Pick<Tools, 'machine' | 'record'>, component: string) {
	return {
		/** The refusal of the server, if it refused. */
		create(owner: KubeObject, pod: KubeObject): StatusError | undefined {
			try {
				const made = machine.create(pod, 'kube-controller-manager');
				record(owner, {reason: 'SuccessfulCreate', message: `Created pod: ${made.metadata.name}`, component});
				return undefined;
			} catch (error) {
				if (!(error instanceof StatusError)) throw error;
				record(owner, {type: 'Warning', reason: 'FailedCreate', message: `Error creating: ${error.message}`, component});
				return error;
			}
		},
		remove(owner: KubeObject, pod: Pod) {
			try {
				machine.remove('Pod', pod.metadata.namespace, pod.metadata.name, pod.metadata.uid === undefined ? {} : {uid: pod.metadata.uid});
			} catch (error) {
				if (error instanceof StatusError && error.code === 404) return;
				throw error;
			}
			record(owner, {reason: 'SuccessfulDelete', message: `Deleted pod: ${pod.metadata.name}`, component});
		},
	};
}
