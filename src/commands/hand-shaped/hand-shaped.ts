import type {ExitCode} from '../../core/outcome.ts';
import type {Options} from '../options.ts';

type ActionName =
	| 'home'
	| 'chat'
	| 'apply'
	| 'approve'
	| 'undo'
	| 'resume'
	| 'history'
	| 'auditVerify'
	| 'auditExport'
	| 'grantsList'
	| 'grantsAdd'
	| 'grantsRevoke'
	| 'policyTest'
	| 'mcpInstall'
	| 'mcpServe'
	| 'mcpKeysList'
	| 'mcpKeysAdd'
	| 'mcpKeysRevoke'
	| 'mcpRolesCheck'
	| 'mcpRolesShow'
	| 'mcpAdd'
	| 'mcpList'
	| 'mcpRemove'
	| 'mcpCall'
	| 'sandboxStart'
	| 'sandboxScenarios'
	| 'incidentCapture'
	| 'incidentWatch'
	| 'monitorWatch'
	| 'securityWatch'
	| 'incidentAck'
	| 'incidentHandover'
	| 'doctor'
	| 'kitchenSink'
	| 'demo';

/**
 * What was typed after a hand-shaped command: arguments and flags by name in camel case, as texts. Several words of one argument are joined by
 * blanks; a flag without a value is the empty text, and `--no-model` is `noModel`.
 */
export type Values = {readonly [name: string]: string | undefined};

/** Several words of one argument, and flags that may stand more than once, one by one: a word with a blank in it stays one. */
type Lists = {readonly [name: string]: readonly string[]};

type Action = (call: {readonly values: Values; readonly lists?: Lists; readonly options: Options}) => Promise<ExitCode>;

/** What the hand-shaped commands do; `home` is `mkcoa` alone in a terminal. */
export type Actions = {readonly [name in ActionName]: Action};

/** A command that is no tool. `arguments` and `flags` are written as commander reads them. */
export type HandShaped = {
	readonly words: readonly string[];
	readonly action: ActionName;
	readonly summary: string;
	readonly arguments?: readonly (readonly [string, string])[];
	readonly flags?: readonly (readonly [flags: string, summary: string, repeated?: 'repeated'])[];
	readonly isHidden?: true;
};

/** Commands that belong together. `groups`: summaries of the words that hold several of them and no tool. */
export type CommandFamily = {
	readonly groups?: {readonly [words: string]: string};
	readonly commands: readonly HandShaped[];
};
