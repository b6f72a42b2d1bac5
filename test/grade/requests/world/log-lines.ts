import type {KubeObject} from '../../../../src/core/kube/kube-object.ts';
import type {PodLogOptions} from '../../../../src/sandbox/machine.ts';

type Logs = ReadonlyMap<string, readonly string[]>;

/** What the containers of a set print: the same for each pod of a workload, moved in time so that the last line is a minute old. */
export const logLines =
	(logs: Logs, nowMs: number) =>
	(pod: KubeObject, options: PodLogOptions): readonly string[] => {
		const found = linesOf(logs, pod, options.container);
		const last = found.at(-1);
		if (last === undefined) return [];
		const shiftMs = nowMs - 60_000 - timeOf(last);
		const since =
			options.sinceSeconds === undefined ? Date.parse(options.sinceTime ?? '1970-01-01T00:00:00Z') : nowMs - options.sinceSeconds * 1000;
		const lines = found.map(line => ({atMs: timeOf(line) + shiftMs, text: textOf(line)})).filter(({atMs}) => atMs >= since);
		const {tailLines} = options;
		return (tailLines === undefined ? lines : lines.slice(Math.max(0, lines.length - tailLines))).map(({atMs, text}) =>
			options.timestamps ? `${new Date(atMs).toISOString()} ${text}` : text,
		);
	};

/** `NAMESPACE.WORKLOAD.CONTAINER`; a pod's name begins with its workload's. Without a container it is the first one of the pod. */
function linesOf(logs: Logs, {metadata, spec}: KubeObject, container: string | undefined): readonly string[] {
	const first = (spec as {readonly containers?: readonly {readonly name: string}[]} | undefined)?.containers?.[0]?.name;
	const wanted = container ?? first;
	for (const [name, lines] of logs) {
		const [namespace, workload, of] = name.split('.');
		if (namespace === metadata.namespace && of === wanted && isOf(metadata.name, workload ?? '')) return lines;
	}
	return [];
}

const isOf = (pod: string, workload: string) =>
	pod === workload || (pod.startsWith(`${workload}-`) && /^[a-z0-9]+(-[a-z0-9]{5})?$/.test(pod.slice(workload.length + 1)));

/** `TIME STREAM F TEXT` */
const timeOf = (line: string) => Date.parse(line.slice(0, line.indexOf(' ')));
const textOf = (line: string) => line.split(' ').slice(3).join(' ');
