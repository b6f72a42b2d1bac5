import * as z from 'zod';
import {allChecks} from '../../../analysis/checks/all-checks.ts';
import {type AnyCheck, families} from '../../../analysis/checks/check.ts';
import {minorOf} from '../../../analysis/pod-security/namespace-policy.ts';
import type {Exception} from '../../../analysis/scan/exceptions.ts';
import {scan} from '../../../analysis/scan/scan.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {textAt} from '../../../core/kube/json-at.ts';
import {count} from '../../../core/text/count.ts';
import {nearestNames} from '../../../core/text/nearest-names.ts';
import {type Context, readTool} from '../../../core/tool.ts';
import {readValue} from '../../../mcp/kubernetes/plan/read-manifests.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {deploymentInput} from '../../deploy/inputs.ts';
import type {SecurityPorts} from '../ports.ts';
import {compactScan} from '../scan/compact-scan.ts';
import {diffOf, savedScan} from '../scan/diff-scans.ts';
import {exceptionsFileSchema} from '../scan/exceptions-file.ts';
import {readLive} from '../scan/read-live.ts';
import {readText} from '../scan/read-text.ts';
import {scanFindings, scanSchema, seenFailure, severities, toldScan} from '../scan/scan-output.ts';
import {scanText} from '../scan/scan-text.ts';

/** Of failures in an answer that has no budget of its own. */
const mostCharacters = 24_000;

/** Nodes tell on what kind of cluster they are. */
const always = ['Node'];

const input = z.object({
	manifests: z.string().min(1).optional().describe('Manifests to scan in place of the cluster').meta({from: 'file'}),
	namespace: deploymentInput.shape.namespace.describe('Namespace to scan; all if left out'),
	check: checkedText(100, /^[a-z0-9-]+$/, 'expected the id of a check')
		.optional()
		.describe('Only this check'),
	family: z.enum(families).optional().describe('Only checks of this family'),
	severity: z.enum(severities).optional().describe('Only checks this grave or graver'),
	exceptions: z.string().min(1).optional().describe('Exceptions, YAML').meta({from: 'file', flag: 'exceptions'}),
	since: z.string().min(2).optional().describe('Earlier answer (JSON) to compare with').meta({from: 'file', flag: 'diff'}),
});
type Input = z.output<typeof input>;

/** @throws MkcoaError `unknown-check` with names near it */
function checksOf({check, family, severity}: Input): readonly AnyCheck[] {
	if (check !== undefined && !allChecks.some(({id}) => id === check)) {
		const near = nearestNames(
			check,
			allChecks.map(({id}) => id),
		);
		throw new MkcoaError({
			kind: 'usage',
			code: 'unknown-check',
			what: `There is no check ${check}`,
			...(near.length === 0 ? {} : {why: `near it are ${near.join(', ')}`}),
			next: 'See the ids with mkcoa security scan --json',
		});
	}
	const grave = severity === undefined ? severities : severities.slice(0, severities.indexOf(severity) + 1);
	return allChecks.filter(
		each => (check === undefined || each.id === check) && (family === undefined || each.family === family) && grave.includes(each.severity),
	);
}

/** @throws MkcoaError `bad-exceptions` with the words that are wrong */
function exceptionsIn(text: string | undefined): readonly Exception[] {
	if (text === undefined) return [];
	const parsed = exceptionsFileSchema.safeParse(readValue(text) ?? {});
	if (parsed.success) return parsed.data.exceptions;
	throw new MkcoaError({
		kind: 'usage',
		code: 'bad-exceptions',
		what: 'The exceptions cannot be used',
		why: z.prettifyError(parsed.error).replaceAll('\n', ' '),
		next: 'Mend them: each has check, object, owner, reason and expires (see docs/security-scan.md)',
	});
}

/** `v1.33.4-eks-1` is 33. */
const minorIn = (version = '') => minorOf(/^v1\.\d+/.exec(version)?.[0] ?? 'latest');

const versionOf = async (cluster: Cluster) => textAt(await cluster.raw('/version').catch(() => undefined), 'gitVersion');

/** What is looked at: the text that was given, or what the cluster shows to who asks. */
async function look({manifests, namespace}: Input, checks: readonly AnyCheck[], {ports: {cluster}, signal, emit}: Context<SecurityPorts>) {
	if (manifests !== undefined) {
		const {objects, unchecked} = readText(manifests);
		const inside = namespace === undefined ? objects : objects.filter(({metadata}) => (metadata.namespace ?? namespace) === namespace);
		return {where: 'the manifests', objects: inside, unread: new Map<string, string>(), unchecked, kubernetes: undefined};
	}
	emit({kind: 'progress', text: 'Reading the cluster'});
	const kinds = [...new Set([...always, ...checks.flatMap(({reads}) => reads)])];
	const [{context}, kubernetes, {objects, unread}] = await Promise.all([
		cluster.target(undefined),
		versionOf(cluster),
		readLive(cluster, kinds, {namespace, signal}),
	]);
	const where = namespace === undefined ? `all namespaces of ${context}` : `namespace ${namespace} of ${context}`;
	return {where, objects, unread, unchecked: [], kubernetes};
}

export const securityScan = readTool({
	name: 'security_scan',
	summary:
		'Scans a cluster or manifests for what an attacker would use: pass, fail, not applicable or not checked, with field, evidence and fix',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['security', 'scan'],
	positionals: [],
	input: input.meta({
		examples: [
			'mkcoa security scan -n shop',
			'helm template shop ./chart | mkcoa security scan -f - --fail-on high',
			'mkcoa security scan --json > scan.json && mkcoa security scan --diff scan.json',
		],
	}),
	needsCluster: ({manifests}) => manifests === undefined,
	output: scanSchema,
	compact: compactScan,
	findings: scanFindings,
	text: scanText,

	async run(asked, context: Context<SecurityPorts>) {
		const {ports, clock, emit, answerCharacters = mostCharacters} = context;
		const checks = checksOf(asked);
		const earlier = asked.since === undefined ? undefined : savedScan(asked.since);
		const [{where, objects, unread, unchecked, kubernetes}, written] = await Promise.all([
			look(asked, checks, context),
			ports.exceptions(),
		]);
		emit({kind: 'progress', text: `Judging ${count(objects.length, 'object')} by ${count(checks.length, 'check')}`});
		const nowMs = clock.now();
		const found = scan({
			objects,
			checks,
			unread,
			exceptions: [...written, ...exceptionsIn(asked.exceptions)],
			nowMs,
			minor: minorIn(kubernetes),
		});
		const told = toldScan(found, answerCharacters);
		const {namespace, check, family, severity} = asked;
		const now = {
			...{where, takenAt: new Date(nowMs).toISOString()},
			...(kubernetes === undefined ? {} : {kubernetes}),
			asked: {
				...(namespace === undefined ? {} : {namespace}),
				...(check === undefined ? {} : {check}),
				...(family === undefined ? {} : {family}),
				...(severity === undefined ? {} : {severity}),
			},
			...told,
			notChecked: [
				...[...unread].map(([what, why]) => ({what, why, classes: checks.filter(({reads}) => reads.includes(what)).map(({id}) => id)})),
				...unchecked,
			],
		};
		return earlier === undefined ? now : {...now, diff: diffOf(earlier, {asked: now.asked, failures: found.failures.map(seenFailure)})};
	},
});
