import {listAt, numberAt, textAt, valueAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf} from '../../core/kube/kube-object.ts';
import {fitsMap} from '../../core/kube/selector.ts';
import {type Around, failed, notChecked, passed, type SetFinding} from './set-finding.ts';
import {declaredPorts, type SetWorkload} from './workload-set.ts';

/**
 * A Service of the set reaches pods at a port that they have.
 * @param workloads of the set, and those that are there already
 */
export function serviceCheck(service: KubeObject, workloads: readonly SetWorkload[], {unread}: Around): readonly SetFinding[] {
	const resource = refOf(service);
	const selector = valueAt(service, 'spec', 'selector');
	if (selector === undefined || textAt(service, 'spec', 'type') === 'ExternalName') return [];
	const on = {id: 'service-reaches-pods', resource, severity: 'high'} as const;
	const behind = workloads.filter(({labels}) => fitsMap(selector, labels));
	const [first] = behind;
	if (first === undefined) {
		const why = ['deployments', 'statefulsets', 'daemonsets'].map(kind => unread.get(kind)).find(reason => reason !== undefined);
		const cause = 'Its selector fits no workload of the set';
		return [
			why === undefined
				? failed(on, {cause: `${cause}, and none that is there`, fix: 'Give it the labels of the pod template'})
				: notChecked(on, `${cause}; of others: ${why}`),
		];
	}
	const ports = declaredPorts(first.podSpec);
	const bad = listAt(service, 'spec', 'ports').flatMap(port => {
		const target = valueAt(port, 'targetPort') ?? numberAt(port, 'port');
		const isThere = ports.some(({name, number}) => name === target || number === target);
		return isThere ? [] : [String(target)];
	});
	const have = ports.map(({name, number}) => (name === '' ? String(number) : `${name} (${number})`)).join(', ') || 'none';
	if (bad.length === 0) return [passed(on, `It reaches the pods of ${first.object.metadata.name} at ports that they have`)];
	if (ports.length === 0)
		return [
			failed(on, {
				cause: `The pods of ${first.object.metadata.name} declare no port, so nobody can tell whether they answer at ${bad.join(', ')}`,
				fix: 'Declare it as a containerPort',
			}),
		];
	return [
		failed(on, {
			cause: `Its target port ${bad.join(', ')} is none of its pods' ports`,
			fix: `Use one of theirs: ${have}`,
			evidence: [{source: `pods of ${first.object.metadata.name}`, detail: `ports ${have}`}],
		}),
	];
}
