import {pathOf} from '../audit-event.ts';
import {type Rule, rule} from '../rule.ts';

const isKube = (namespace: string | undefined) => namespace?.startsWith('kube-') === true;

/** Only words that name a program are told: arguments may be secrets. */
function programOf(uri: string): string {
	const query = uri.includes('?') ? new URLSearchParams(uri.slice(uri.indexOf('?') + 1)) : new URLSearchParams();
	const [program] = query.getAll('command');
	const container = query.get('container');
	return [
		...(program === undefined ? [] : [`command ${program.slice(0, 80)}`]),
		...(container === null ? [] : [`container ${container}`]),
		...(query.get('stdin') === 'true' && query.get('tty') === 'true' ? ['a terminal'] : []),
	].join(', ');
}

/** Ways into a pod or a node that run. */
export const inPodRules: readonly Rule[] = [
	rule({
		id: 'exec-in-pod',
		title: 'Ran a command in a pod, or attached to it',
		why: 'Whoever is in a container reads its secrets and its token, and speaks as it.',
		severity: 'medium',
		attack: [{tactic: 'execution', technique: 'T1609'}],
		falsePositives: 'People who look for a fault, and tools that back databases up.',
		remedy: 'Ask who it was. Take the right to create pods/exec away, rotate what the pod could read.',
		resources: ['pods/exec', 'pods/attach'],
		needs: 'Metadata',
		stage: 'start',
		// Over WebSocket (kubectl since 1.30) it is a get.
		verbs: ['create', 'get'],
		look: ({target, uri}, {actor}) => ({
			detail: [target?.resource.endsWith('exec') ? 'exec' : 'attach', programOf(uri)].filter(text => text !== '').join(': '),
			...(isKube(target?.namespace) || actor === 'service-account' ? {severity: 'high' as const} : {}),
			...(actor === 'anonymous' ? {severity: 'critical' as const} : {}),
		}),
	}),
	rule({
		id: 'port-forward',
		title: 'Opened a way to a port of a pod',
		why: 'It passes by every NetworkPolicy.',
		severity: 'low',
		attack: [{tactic: 'command-and-control', technique: 'T1572'}],
		falsePositives: 'Developers who look at a page of a program.',
		remedy: 'Take the right to create pods/portforward away where it is not needed.',
		resources: ['pods/portforward'],
		verbs: ['create', 'get'],
		needs: 'Metadata',
		stage: 'start',
		look: ({target}, {actor}) => ({
			detail: 'port-forward',
			...(isKube(target?.namespace) || actor !== 'person' ? {severity: 'medium' as const} : {}),
		}),
	}),
	rule({
		id: 'debug-container',
		title: 'Put a container into a pod that runs',
		why: 'It shares the network, and maybe the processes, of the pod, and its image is the choice of whoever adds it.',
		severity: 'medium',
		attack: [{tactic: 'execution', technique: 'T1609'}],
		falsePositives: 'kubectl debug.',
		remedy: 'Ask who it was; delete the pod so that it is made anew without that container.',
		resources: ['pods/ephemeralcontainers'],
		verbs: ['update', 'patch'],
		needs: 'Metadata',
		look: () => ({detail: 'an ephemeral container'}),
	}),
	rule({
		id: 'node-proxy',
		title: 'Spoke to a kubelet through the API server',
		why: 'A kubelet runs commands in every pod of its node, and the audit log does not see which.',
		severity: 'medium',
		attack: [{tactic: 'lateral-movement', technique: 'T1210'}],
		falsePositives: 'Collectors of metrics, which read /metrics, /stats, /pods and /healthz and are told as low.',
		remedy: 'Take the right to nodes/proxy away: nodes/metrics and nodes/stats are enough for collectors.',
		resources: ['nodes/proxy'],
		needs: 'Metadata',
		stage: 'start',
		look(event) {
			const [, way = '/'] = /\/proxy(\/.*)?$/.exec(pathOf(event)) ?? [];
			if (/^\/(?:run|exec|attach|portForward|cri|runningpods|containerLogs|checkpoint|configz|debug)\b/i.test(way))
				return {detail: `${event.verb} ${way.split('/').slice(0, 2).join('/')}`, severity: 'high'};
			const isRead = event.verb === 'get' && /^\/(?:metrics|stats|healthz|pods|spec)\b/.test(way);
			return {detail: `${event.verb} ${way}`, ...(isRead ? {severity: 'low' as const} : {})};
		},
	}),
	rule({
		id: 'proxy-to-pod',
		title: 'Spoke to a pod or Service through the API server',
		why: 'It passes by NetworkPolicies and by the sign-in of an ingress.',
		severity: 'low',
		attack: [{tactic: 'lateral-movement', technique: 'T1210'}],
		falsePositives: 'Dashboards that are opened with kubectl proxy.',
		remedy: 'Take the rights to pods/proxy and services/proxy away where they are not needed.',
		resources: ['pods/proxy', 'services/proxy'],
		needs: 'Metadata',
		stage: 'start',
		look: ({verb}, {actor}) => (actor === 'service-account' ? undefined : {detail: verb}),
	}),
	rule({
		id: 'node-debug-path',
		title: 'Read inner paths of the API server',
		why: 'Profiles and logs of the API server hold requests of others.',
		severity: 'medium',
		attack: [{tactic: 'discovery', technique: 'T1613'}],
		falsePositives: 'Somebody who measures the API server.',
		remedy: 'Turn profiling off, and take the right to the path away.',
		needs: 'Metadata',
		look(event) {
			if (event.target !== undefined) return undefined;
			const path = pathOf(event);
			return /^\/(?:debug\/(?!api_priority_and_fairness)|logs(?:\/|$)|flagz$|statusz$)/.test(path) ? {detail: path} : undefined;
		},
	}),
];
