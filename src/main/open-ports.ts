import {observing} from '../agents/deploy/optimize/observation-ports.ts';
import type {Options} from '../commands/options.ts';
import type {Emit} from '../core/event.ts';
import type {JournalReader} from '../core/journal.ts';
import type {Redactor} from '../core/secrets/redact.ts';
import type {Cluster} from '../mcp/kubernetes/port.ts';
import type {Host} from './host.ts';
import {monitoringFinder} from './monitoring/monitoring-finder.ts';
import {outsideSender} from './outside-sender.ts';
import type {Ports} from './ports.ts';
import {toolNamed} from './tool-groups.ts';
import {valueSource} from './value-source.ts';

type Around = {
	readonly options: Options;
	readonly host: Host;
	readonly cluster: Cluster;
	readonly journal: JournalReader;
	readonly incidents: Ports['incidents'];
	/** Told every secret that is met on the way. */
	readonly learn: (secret: string) => void;
	readonly redact: Redactor['json'];
	readonly emit: Emit;
	/** Takes the progress line off the screen before something is asked. */
	readonly beforeAsking: () => void;
	readonly signal: AbortSignal;
};

/** What tools work on, around one connected cluster. Heavy parts are loaded when a tool first reaches for them. */
export function openPorts({options, host, cluster, journal, incidents, learn, redact, emit, beforeAsking, signal}: Around): Ports {
	const values = valueSource({host, learn, beforeAsking, signal});
	const observe = observing();
	const monitoring = monitoringFinder({options, cluster, host, learn, signal});
	const changeTool: Ports['changeTool'] = async name => {
		const tool = await toolNamed(name);
		return tool?.effect === 'read' ? undefined : tool;
	};
	return {
		cluster,
		journal,
		incidents,
		monitoring,
		metrics: monitoring.metrics,
		values,
		observe,
		changeTool,
		advisories: async () => {
			if (options.advisories === undefined) return undefined;
			const {openAdvisories} = await import('../mcp/security/advisories/open-advisories.ts');
			return openAdvisories(options.advisories, signal);
		},
		keepEvidence: async (about, evidence) => {
			const [{evidenceKeeper}, {resolveStateFolder}] = await Promise.all([
				import('./keep-evidence.ts'),
				import('../state/state-folder.ts'),
			]);
			return evidenceKeeper({folder: () => resolveStateFolder(host.env, host.home), clock: host.clock, redact})(about, evidence);
		},
		exceptions: async () => (await (await import('./security/security-file.ts')).readSecurityFile(host)).exceptions,
		slos: async () => (await import('./slo-file.ts')).loadSlos(host),
		usedRequests: async until => {
			const [{openAuditLog}, {usedRequestsOf}] = await Promise.all([
				import('./security/open-audit-log.ts'),
				import('./security/used-requests.ts'),
			]);
			const log = await openAuditLog(options, host);
			return log === undefined ? undefined : usedRequestsOf(log, until);
		},
		auditLog: async () => (await import('./security/open-audit-log.ts')).openAuditLog(options, host),
		auditWords: async () => {
			const [{auditWords}, {readSecurityFile}] = await Promise.all([
				import('../agents/security/audit/audit-settings.ts'),
				import('./security/security-file.ts'),
			]);
			return auditWords((await readSecurityFile(host)).audit);
		},
		rehearse: async (tool, input, copy) => {
			const {rehearseInSandbox} = await import('./rehearse-in-sandbox.ts');
			return rehearseInSandbox({emit, signal, values, observe, changeTool})(tool, input, copy);
		},
		repository: async place => {
			const {openRepository} = await import('../mcp/git/open-repository.ts');
			return openRepository(place, {environment: host.env, sender: server => outsideSender(server, host.env), learn, signal});
		},
	};
}
