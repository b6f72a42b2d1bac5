import type {IncidentRecords} from '../../core/incident-record.ts';
import type {JournalReader} from '../../core/journal.ts';
import type {ChangeToolOf} from '../../core/tool.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';
import type {DeployPorts} from '../deploy/ports.ts';

/** What the incident tools work on. */
export type IncidentPorts = {readonly cluster: Cluster};

/** What mending needs beside the cluster: the tools that remedies call. */
export type RecoveryPorts = DeployPorts & {readonly changeTool: (name: string) => Promise<ChangeToolOf<DeployPorts> | undefined>};

/** What was changed by mkcoa itself. */
export type JournalPorts = {readonly journal: Pick<JournalReader, 'list'>};

/** What watches on this machine saw. */
export type RecordPorts = {readonly incidents: Pick<IncidentRecords, 'list'>};

/** What a report is made of: how runs ended, too. */
export type ReportPorts = IncidentPorts & {readonly journal: Pick<JournalReader, 'list' | 'outcome'>};
