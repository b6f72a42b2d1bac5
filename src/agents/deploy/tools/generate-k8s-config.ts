import * as z from 'zod';
import {checkSet} from '../../../analysis/coherence/check-set.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {answersInput} from '../objects/manifests/answers-input.ts';
import {chosenSet, namespaceOf} from '../objects/manifests/chosen-set.ts';
import {findingOf, findingOutput, tally} from '../objects/manifests/finding-output.ts';
import {readAround} from '../objects/manifests/read-around.ts';
import {setText} from '../objects/manifests/set-text.ts';
import type {DeployPorts} from '../ports.ts';

export const generateK8sConfig = readTool({
	name: 'generate_k8s_config',
	summary:
		'Prints manifests for an image that fit each other and the cluster: workload, Service, autoscaler, budget, network policy; or checks those of a file',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['deploy', 'config'],
	positionals: ['image'],
	input: answersInput.meta({
		examples: ['mkcoa deploy config registry.example/shop/web:1.0 --health /healthz > web.yaml', 'mkcoa deploy config -f web.yaml'],
	}),
	output: z.object({namespace: z.string(), objects: z.array(z.json()), findings: z.array(findingOutput)}),
	async run(input, {ports: {cluster}, emit}: Context<DeployPorts>) {
		const set = (await chosenSet(cluster, input)).map(({object}) => object);
		const namespace = namespaceOf(set, cluster.namespace);
		const findings = checkSet(set, await readAround(cluster, namespace)).map(findingOf);
		// In a pipe nobody sees the comments at the end of the text.
		if (findings.some(({status}) => status === 'fail')) emit({kind: 'note', text: `${tally(findings)}: see the comments at the end`});
		return {namespace, objects: JSON.parse(JSON.stringify(set)), findings};
	},
	text: setText,
});
