import type {SetFinding} from '../../../../analysis/coherence/set-finding.ts';
import {refText} from '../../../../core/kube/kube-object.ts';
import type {Consequence, Severity} from '../../../../core/plan.ts';

const gravity: {readonly [severity in SetFinding['severity']]: Severity} = {
	critical: 'danger',
	high: 'warning',
	medium: 'warning',
	low: 'info',
};

/** What the checks found, as a plan tells it: failures with their remedy, and what nobody could check. */
export const setNotes = (findings: readonly SetFinding[]): readonly Consequence[] =>
	findings.flatMap(({id, status, severity, resource: ref, cause, fix, why = ''}): readonly Consequence[] => {
		if (status === 'not-checked') {
			const what = ref === undefined ? id : `${id} of ${refText(ref)}`;
			return [{id: 'not-checked', severity: 'warning', text: `Not checked: ${what}: ${why}`, ref}];
		}
		return status === 'fail' ? [{id, severity: gravity[severity], text: `${cause}. ${fix}`, ref}] : [];
	});
