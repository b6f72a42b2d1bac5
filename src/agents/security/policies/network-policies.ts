import type {Survey} from '../../../analysis/detection/survey.ts';
import {declaredFlows, declaredOutside} from '../../../analysis/policies/flows/declared-flows.ts';
import {namespaceOf, selectorOf} from '../../../analysis/policies/flows/flow.ts';
import {flowPolicies, isOfNode} from '../../../analysis/policies/flows/flow-policies.ts';
import {observedFlows} from '../../../analysis/policies/flows/observed-flows.ts';
import {proveFlows} from '../../../analysis/policies/flows/prove-flows.ts';
import {isWithin, type Scope} from '../../../analysis/policies/scope.ts';
import {refOf, refText} from '../../../core/kube/kube-object.ts';
import {count, someOf} from '../../../core/text/count.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Made} from './made.ts';

type Wish = {
	readonly scope: Pick<Scope, 'namespaces' | 'except'>;
	readonly egress: boolean;
	/** What a CNI saw, in lines. */
	readonly observed: string | undefined;
	/** Namespaces with a Prometheus. */
	readonly scrapers: readonly string[];
};

/** NetworkPolicies from what objects declare, and from what was seen where that is given. */
export function networkPolicies(survey: Survey, {scope, egress, observed, scrapers}: Wish): Made {
	const running = survey.workloads().filter(each => isWithin(scope, namespaceOf(each)));
	const seen = observedFlows(observed ?? '', survey);
	const flows = [...declaredFlows(survey, {scrapers}), ...seen.flows];
	const made = flowPolicies(running, {flows, outside: [...declaredOutside(survey), ...seen.outside]}, egress);
	const tried = made.map(each => ({...each, proof: proveFlows(each)}));
	const text = (each: (typeof running)[number]) => refText(refOf(each));
	const [ofNodes, unnamed] = [running.filter(isOfNode), running.filter(each => selectorOf(each) === undefined)].map(list => list.map(text));
	const guessed = new Set(flows.map(({because}) => because).filter(because => because.startsWith('nothing that was read names')));
	return {
		engine: 'NetworkPolicy, as far as the network of the cluster keeps to it (Calico, Cilium and most others do, flannel alone does not)',
		looked: {count: running.length, noun: 'running workload'},
		policies: tried
			.filter(({proof}) => proof.wrong.length === 0)
			.map(({policy, workload, flows: incoming, proof}) => ({
				name: `${namespaceOf(workload)}/${policy.metadata.name}`,
				title:
					incoming.length === 0
						? `lets nobody ask ${text(workload)}`
						: `lets in: ${someOf([...new Set(incoming.map(({because}) => because))])}`,
				severity: 'medium' as const,
				passed: proof.passed,
				refused: proof.refused,
				blocks: [],
				objects: [policy],
			})),
		withheld: tried.flatMap(({policy, proof}) =>
			proof.wrong.length === 0 ? [] : [{name: policy.metadata.name, why: proof.wrong.join('; ')}],
		),
		notes: [
			observed === undefined
				? 'They rest on what objects declare: names of Services in settings, routes, Services open to the world, webhooks, monitors. Who finds a Service otherwise, or by a Secret, is not seen: give what your network saw with --flows'
				: `They rest on what objects declare and on ${count(seen.flows.length + seen.outside.length, 'observed connection')}`,
			'Probes of the kubelet pass every policy, so no rule is for them',
			...(egress
				? ['Names are answered (port 53, UDP and TCP) from anywhere']
				: ['Nothing is said of what pods ask themselves; --egress limits that too']),
			...(scrapers.length === 0
				? ['No Prometheus is seen: where metrics are scraped, any pod of the cluster may read them']
				: [`Prometheus in ${someOf(scrapers)} may go on to read metrics`]),
			...(guessed.size === 0 ? [] : [`${count(guessed.size, 'Service')} that nothing which was read names: its namespace may ask it`]),
			...(ofNodes === undefined || ofNodes.length === 0 ? [] : [`No policy holds for the network of a node: ${someOf(ofNodes)}`]),
			...(unnamed === undefined || unnamed.length === 0
				? []
				: [`Nothing tells their pods from others, so none is made: ${someOf(unnamed)}`]),
			...(seen.unknown.length === 0
				? []
				: [
						`${count(seen.unknown.length, 'line')} of the flows not understood, or of objects that are not there, such as: ${plainLine(seen.unknown[0] ?? '', 120)}`,
					]),
			'Policies add up: where one lets something in already, it still does',
		],
	};
}
