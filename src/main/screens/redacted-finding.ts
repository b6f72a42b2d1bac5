import type {Finding, FoundRemedy} from '../../core/finding.ts';
import type {Session} from '../session.ts';

/** A finding as a screen may show it. The input of a remedy stays as it is, for the plan; that one is redacted where it is shown. */
export function redactedFinding(finding: Finding, redact: Session['redact']): Finding {
	const {remedy, choices, ...rest} = finding;
	const shown = (each: FoundRemedy): FoundRemedy => ({...each, text: redact(each.text)});
	return {
		...redact(rest),
		...(remedy === undefined ? {} : {remedy: shown(remedy)}),
		...(choices === undefined ? {} : {choices: choices.map(shown)}),
	};
}
