import type {Consequence} from '../../../../core/plan.ts';
import {count} from '../../../../core/text/count.ts';
import {lintTexts, noiseText, type ToldDesign, thereText} from './design-output.ts';

/** What a person should know of new alerts before they are written: how loud they would have been, and what is odd about them. */
export function designNotes({lints, alreadyThere, noise, tests, notChecked}: ToldDesign): readonly Consequence[] {
	const grave = lints.filter(({severity}) => severity !== 'info');
	const light = lints.filter(({severity}) => severity === 'info');
	return [
		...noise.map(
			(each): Consequence => ({
				id: 'noise',
				// More than one message a day is more than anybody looks at.
				severity: each.pagesPerWeek > 7 ? 'warning' : 'info',
				text: noiseText(each),
			}),
		),
		...alreadyThere.map((each): Consequence => ({id: 'already-there', severity: 'warning', text: thereText(each)})),
		...lintTexts(grave).map((text): Consequence => ({id: 'lint', severity: 'warning', text})),
		...(light.length === 0
			? []
			: [{id: 'lint-info', severity: 'info', text: `${count(light.length, 'remark')} on how the rules could be better`} as const]),
		...(tests.fire.length === 0
			? []
			: [
					{
						...({id: 'unit-tests', severity: 'info'} as const),
						text: `Of the cluster's own series come ${count(tests.fire.length, 'unit test')} that fire and ${tests.stayQuiet.length} that stay quiet: mkcoa monitor rules … --format unit-test`,
					},
				]),
		...notChecked.map(({what, why}): Consequence => ({id: 'not-checked', severity: 'warning', text: `Not checked: ${what}: ${why}`})),
	];
}
