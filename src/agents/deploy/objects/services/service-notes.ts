import {serviceCheck} from '../../../../analysis/coherence/service-check.ts';
import type {Around} from '../../../../analysis/coherence/set-finding.ts';
import {workloadsOf} from '../../../../analysis/coherence/workload-set.ts';
import {valueAt} from '../../../../core/kube/json-at.ts';
import {type KubeObject, refKey, refOf, refText} from '../../../../core/kube/kube-object.ts';
import {fitsMap} from '../../../../core/kube/selector.ts';
import type {Consequence} from '../../../../core/plan.ts';
import {someOf} from '../../../../core/text/count.ts';
import {wordAt} from '../../../../mcp/kubernetes/model/fields.ts';
import {setNotes} from '../manifests/set-notes.ts';

const note = (id: string, severity: Consequence['severity'], text: string): Consequence => ({id, severity, text});

/** What a new Service finds and opens, checked against what lives in its namespace. */
export function serviceNotes(service: KubeObject, workload: KubeObject, around: Around): readonly Consequence[] {
	const selector = valueAt(service, 'spec', 'selector');
	const workloads = workloadsOf(around.objects, around);
	// The workload first: its pods' ports are the ones to check.
	const own = workloads.filter(({ref}) => refKey(ref) === refKey(refOf(workload)));
	const others = workloads.filter(each => !own.includes(each) && fitsMap(selector, each.labels)).map(({ref}) => refText(ref));
	const rivals = around.objects.filter(
		object => object.kind === 'Service' && own.some(({labels}) => fitsMap(valueAt(object, 'spec', 'selector'), labels)),
	);
	return [
		...setNotes(serviceCheck(service, [...own, ...workloads.filter(each => !own.includes(each))], around)),
		...(others.length === 0
			? []
			: [note('other-pods', 'warning', `Its selector also finds the pods of ${someOf(others)}: they get a part of the requests`)]),
		...(rivals.length === 0
			? []
			: [note('other-services', 'info', `The same pods are found by ${someOf(rivals.map(each => refText(refOf(each))))} already`)]),
		...(own.some(({pods}) => pods === 0)
			? [note('no-pods', 'warning', `${refText(refOf(workload))} is scaled to 0: nobody answers behind it`)]
			: []),
		...ofType(wordAt(service, 'spec', 'type')),
	];
}

function ofType(type: string): readonly Consequence[] {
	if (type === 'LoadBalancer')
		return [note('address-opened', 'warning', 'It gets an address outside the cluster, which a cloud charges for')];
	return type === 'NodePort'
		? [note('node-port-opened', 'warning', 'A port of every node leads to it: whoever reaches a node reaches the pods')]
		: [];
}
