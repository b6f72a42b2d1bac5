import {surveyOf} from '../../../analysis/detection/survey.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {readObjectsOfAll} from '../../incident/reading/read-snapshot.ts';
import {readSubject, subjectInput} from '../metrics/subject.ts';
import {demandPods, subjectsIn} from '../performance/choose-subjects.ts';
import type {Pods} from '../performance/reader.ts';

/** Each is asked half a dozen questions a minute. */
const mostWorkloads = 40;

type Asked = {
	readonly target: string | undefined;
	readonly namespace: string | undefined;
	readonly nowMs: number;
	readonly signal: AbortSignal;
};

/**
 * The workload that a person named, or all that serves in the namespace.
 * @throws MkcoaError as `readSubject` does, `bad-target`, and `no-workloads` where nothing serves
 */
export async function watchedSubjects(cluster: Cluster, {target, namespace, nowMs, signal}: Asked): Promise<readonly Pods[]> {
	if (target !== undefined) {
		const parsed = subjectInput.safeParse({target, namespace});
		if (!parsed.success) throw usage('bad-target', `${JSON.stringify(target)} names no workload`, 'Write NAME or KIND/NAME');
		return [demandPods(await readSubject(cluster, parsed.data))];
	}
	const place = namespace ?? cluster.namespace;
	const subjects = subjectsIn(surveyOf(await readObjectsOfAll(cluster, {namespace: place, nowMs, signal})), place);
	if (subjects.length === 0)
		throw usage('no-workloads', `Nothing serves in namespace ${place}`, 'Name another namespace with -n, or a workload');
	if (subjects.length > mostWorkloads)
		throw usage(
			'too-many-workloads',
			`${subjects.length} workloads serve in namespace ${place}`,
			`At most ${mostWorkloads} are watched at once: name one of them`,
		);
	return subjects;
}

const usage = (code: string, what: string, next: string) => new MkcoaError({kind: 'usage', code, what, next});
