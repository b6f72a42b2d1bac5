import type {Container, EnvVar, Pod, PodTemplate} from '../pod-shapes.ts';
import type {Job} from '../shapes.ts';

const indexKey = 'batch.kubernetes.io/job-completion-index';

export const isIndexed = ({spec}: Job) => spec.completionMode === 'Indexed';

/** The number of a pod of an indexed job. */
const indexOf = ({metadata}: Pod) => Number(metadata.annotations?.[indexKey] ?? -1);

/** The numbers that these pods have, each once, from the lowest. */
export const indexesOf = (pods: readonly Pod[]): readonly number[] => [...new Set(pods.map(indexOf))].sort((a, b) => a - b);

/** The lowest numbers that neither a living nor a successful pod has. */
export function missingIndexes({spec}: Job, taken: readonly number[], count: number): readonly number[] {
	const all = Array.from({length: spec.completions ?? 1}, (_, index) => index);
	return all.filter(index => !taken.includes(index)).slice(0, Math.max(0, count));
}

/** `0,1` or `0-2,5`: three and more in a row are a range. */
export function indexText(indexes: readonly number[]): string {
	const runs: (readonly [number, number])[] = [];
	for (const index of indexes) {
		const last = runs.at(-1);
		if (last !== undefined && last[1] === index - 1) runs[runs.length - 1] = [last[0], index];
		else runs.push([index, index]);
	}
	return runs.map(([from, to]) => (from === to ? `${from}` : `${from}${to - from === 1 ? ',' : '-'}${to}`)).join(',');
}

/** What a pod of this number has beside what the template says. */
export function indexedParts(job: Job, index: number) {
	const label = {[indexKey]: String(index)};
	return {prefix: `${job.metadata.name}-${index}-`, labels: label, annotations: label, template: numbered(job, index)};
}

/** The container learns its number from a variable, and the pod has it in its host name. */
function numbered({metadata, spec}: Job, index: number): PodTemplate {
	const variable: EnvVar = {
		name: 'JOB_COMPLETION_INDEX',
		valueFrom: {fieldRef: {apiVersion: 'v1', fieldPath: `metadata.labels['${indexKey}']`}},
	};
	const told = (container: Container): Container => ({...container, env: [...(container.env ?? []), variable]});
	const {initContainers, containers} = spec.template.spec;
	return {
		...spec.template,
		spec: {
			...spec.template.spec,
			hostname: `${metadata.name}-${index}`,
			containers: containers.map(told),
			...(initContainers === undefined ? {} : {initContainers: initContainers.map(told)}),
		},
	};
}
