import {expect, test} from 'vitest';
import {themeName, themeOf} from '../../src/tui/theme.ts';

test.each([
	[true, undefined, undefined, 'dark'],
	[true, undefined, '0;15', 'light'],
	[true, undefined, '0;default;7', 'light'],
	[true, undefined, '15;0', 'dark'],
	[true, 'light', '15;0', 'light'],
	[true, 'dark', '0;15', 'dark'],
	[true, 'mauve', '0;15', 'light'],
	[false, 'light', '0;15', 'none'],
])('colour %s, chosen %s, ground %s: %s', (colour, chosen, ground, expected) => {
	expect(themeName(colour, chosen, ground)).toBe(expected);
});

/** Relative luminance and contrast, WCAG 2.2. */
function contrast(one: string, other: string): number {
	const luminance = (colour: string) => {
		const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
			const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
			return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	};
	const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (high + 0.05) / (low + 0.05);
}

test.each([
	['dark', '#1e1e1e'],
	['light', '#ffffff'],
] as const)('every colour of the %s theme can be read on its ground', (name, ground) => {
	for (const [tone, look] of Object.entries(themeOf(name)))
		if (look.color !== undefined) expect(contrast(look.color, ground), tone).toBeGreaterThanOrEqual(4.5);
});

test('nothing is painted without colour', () => {
	expect(Object.values(themeOf('none')).every(look => Object.keys(look).length === 0)).toBe(true);
});
