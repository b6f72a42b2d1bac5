import type {Clause} from '../clause.ts';
import type {Call, Understanding} from '../understanding.ts';

type Calls = Extract<Understanding, {kind: 'calls'}>;

/** Fields that the server never lets change, by the kind, and what to do instead. */
const fixed: {readonly [kind: string]: RegExp} = {
	PersistentVolumeClaim: /storageClassName|accessModes|volumeMode|volumeName/,
	StatefulSet: /"?serviceName|podManagementPolicy|volumeClaimTemplates|spec\/selector|"selector"\s*:\s*\{\s*"matchLabels/,
	Deployment: /spec\/selector|"selector"\s*:\s*\{\s*"matchLabels/,
	DaemonSet: /spec\/selector|"selector"\s*:\s*\{\s*"matchLabels/,
	Job: /completionMode|spec\/selector|\/spec\/template|"template"/,
	RoleBinding: /roleRef/,
	ClusterRoleBinding: /roleRef/,
	StorageClass: /provisioner|reclaimPolicy|volumeBindingMode|"parameters"/,
};

const ask = ({language}: Clause, english: string, korean: string): Understanding => ({
	kind: 'question',
	text: language === 'ko' ? korean : english,
	choices: [],
});

/** The question that stands instead of a plan which no server takes: a field that never changes, a port that is none. Undefined: nothing of that. */
export function impossible(clause: Clause, {calls}: Calls): Understanding | undefined {
	return portsIn(clause) ?? tooMany(clause, calls) ?? calls.flatMap(call => fixedIn(clause, call) ?? [])[0];
}

const mostReplicas = 10_000;

function tooMany(clause: Clause, calls: readonly Call[]): Understanding | undefined {
	const found = calls.find(({tool, input}) => tool === 'workload_scale' && Number(input.replicas) > mostReplicas);
	return found === undefined
		? undefined
		: ask(
				clause,
				`${String(found.input.replicas)} replicas are more than mkcoa sets at once (${mostReplicas}). How many should it have?`,
				`레플리카 ${String(found.input.replicas)}개는 한 번에 정할 수 있는 수(${mostReplicas})를 넘습니다. 몇 개로 할까요?`,
			);
}

function fixedIn(clause: Clause, {tool, input}: Call): Understanding | undefined {
	const kind = String(input.kind);
	const field = tool === 'resource_patch' ? fixed[kind]?.exec(String(input.patch))?.[0].replaceAll(/["{}:\s]/g, '') : undefined;
	if (field === undefined) return undefined;
	const name = String(input.name);
	return ask(
		clause,
		`${field} of ${kind} ${name} cannot be changed: it is immutable. A new ${kind} under another name, and what uses ${name} moved over, is the way. What should be done?`,
		`${kind} ${name}의 ${field}은(는) 변경할 수 없습니다(immutable). 다른 이름으로 새로 만들고 사용하는 쪽을 옮겨야 합니다. 어떻게 할까요?`,
	);
}

function portsIn(clause: Clause): Understanding | undefined {
	const text = clause.text.toLowerCase();
	const numbers = [...text.matchAll(/(?<![\w.:/-])\d{2,6}(?![\w./-]*\w)/g)].map(([number]) => Number(number));
	if (
		/\bnode ?ports?\b|노드 ?포트/.test(text) &&
		numbers.some(isPort) &&
		!numbers.some(port => port >= 30000 && port <= 32767) &&
		!/\bports? \d/.test(text.replaceAll(/node ?ports?/g, ''))
	)
		return ask(
			clause,
			'A node port has to lie in the range 30000-32767. Which one should it be?',
			'노드 포트는 30000-32767 범위 안이어야 합니다. 몇 번으로 할까요?',
		);
	const [, beyond] =
		/\b(?:container|target|node)? ?ports? (?:of |to |is |at |on |number |= ?)?(\d{5,6})\b|(?:포트|port)\S* ?(?:\S+ )?(\d{5,6})/
			.exec(text)
			?.filter(found => found !== undefined) ?? [];
	return beyond === undefined || isPort(Number(beyond))
		? undefined
		: ask(
				clause,
				`${beyond} is no port: ports go from 1 to 65535. Which one should it be?`,
				`${beyond}은(는) 포트가 될 수 없습니다(1~65535). 몇 번으로 할까요?`,
			);
}

const isPort = (port: number) => port > 0 && port < 65536;
