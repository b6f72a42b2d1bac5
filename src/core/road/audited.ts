import type {AuditRecord} from '../journal.ts';
import type {MadePlan, Road} from './road.ts';

/** Writes lines on one plan into the audit log: whatever happens to it stands there with who asked and for whom. */
export const audited =
	<Ports>({audit, maker, chosen, trace}: Road<Ports>, tool: string, {plan: {target}, digest}: Pick<MadePlan, 'plan' | 'digest'>) =>
	(action: AuditRecord['action'], detail: string, approver?: string): Promise<void> => {
		const agent = maker?.agent ?? chosen?.agent;
		return audit.append({
			action,
			tool,
			digest,
			identity: target.identity,
			context: target.context,
			detail,
			...(maker === undefined ? {} : {principal: maker.principal}),
			...(agent === undefined ? {} : {agent}),
			...(approver === undefined ? {} : {approver}),
			...(trace === undefined ? {} : {trace}),
		});
	};
