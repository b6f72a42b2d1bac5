import type {Actions} from '../commands/hand-shaped/hand-shaped.ts';
import type {ExitCode} from '../core/outcome.ts';
import type {ActionCall} from './actions/answer.ts';
import type {Host} from './host.ts';

type Act = (call: ActionCall, host: Host) => Promise<ExitCode>;

/** What the hand-shaped commands do, each loaded when it is called. */
export function actionsOf(host: Host): Actions {
	const lazily = (load: () => Promise<Act>) => async (call: ActionCall) => (await load())(call, host);
	/** The same for what a tracing system is told of; `command` where all of it stands below one span. */
	const traced = (load: () => Promise<Act>, command?: string) =>
		lazily(async () => (await import('./telemetry/with-spans.ts')).withSpans(await load(), command));
	return {
		home: lazily(async () => (await import('./actions/home.ts')).home),
		chat: lazily(async () => (await import('./actions/chat.ts')).chat),
		apply: traced(async () => (await import('./actions/plans.ts')).apply, 'apply'),
		approve: traced(async () => (await import('./actions/plans.ts')).approve, 'approve'),
		undo: traced(async () => (await import('./actions/plans.ts')).undo, 'undo'),
		resume: traced(async () => (await import('./actions/plans.ts')).resume, 'resume'),
		history: lazily(async () => (await import('./actions/history.ts')).history),
		auditVerify: lazily(async () => (await import('./actions/audit.ts')).auditVerify),
		auditExport: lazily(async () => (await import('./actions/audit.ts')).auditExport),
		grantsList: lazily(async () => (await import('./actions/grants.ts')).grantsList),
		grantsAdd: lazily(async () => (await import('./actions/grants.ts')).grantsAdd),
		grantsRevoke: lazily(async () => (await import('./actions/grants.ts')).grantsRevoke),
		policyTest: lazily(async () => (await import('./actions/policy-test.ts')).policyTest),
		mcpKeysList: lazily(async () => (await import('./actions/mcp-keys.ts')).mcpKeysList),
		mcpKeysAdd: lazily(async () => (await import('./actions/mcp-keys.ts')).mcpKeysAdd),
		mcpKeysRevoke: lazily(async () => (await import('./actions/mcp-keys.ts')).mcpKeysRevoke),
		mcpRolesCheck: lazily(async () => (await import('./actions/mcp-roles.ts')).mcpRolesCheck),
		mcpRolesShow: lazily(async () => (await import('./actions/mcp-roles.ts')).mcpRolesShow),
		mcpInstall: lazily(async () => (await import('./actions/mcp-install.ts')).mcpInstall),
		mcpServe: traced(async () => (await import('./actions/mcp.ts')).mcpServe),
		mcpAdd: lazily(async () => (await import('./actions/mcp-add.ts')).mcpAdd),
		mcpList: lazily(async () => (await import('./actions/mcp-list.ts')).mcpList),
		mcpRemove: lazily(async () => (await import('./actions/mcp-remove.ts')).mcpRemove),
		mcpCall: lazily(async () => (await import('./actions/mcp-call.ts')).mcpCall),
		incidentCapture: lazily(async () => (await import('./actions/incident-capture.ts')).incidentCapture),
		incidentWatch: lazily(async () => (await import('./actions/incident-watch.ts')).incidentWatch),
		monitorWatch: lazily(async () => (await import('./actions/monitor-watch.ts')).monitorWatch),
		securityWatch: lazily(async () => (await import('./actions/security-watch.ts')).securityWatch),
		incidentAck: lazily(async () => (await import('./actions/incident-records.ts')).incidentAck),
		incidentHandover: lazily(async () => (await import('./actions/incident-records.ts')).incidentHandover),
		sandboxStart: lazily(async () => (await import('./actions/sandbox.ts')).sandboxStart),
		sandboxScenarios: lazily(async () => (await import('./actions/sandbox.ts')).sandboxScenarios),
		doctor: lazily(async () => (await import('./actions/doctor.ts')).doctor),
		kitchenSink: lazily(async () => (await import('./actions/kitchen-sink.ts')).kitchenSink),
		demo: lazily(async () => (await import('./actions/demo.ts')).demo),
	};
}
