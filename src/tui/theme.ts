import type {TextProps} from 'ink';
import type {Tone} from '../core/text/styled.ts';

/** How each meaning looks. No meaning rests on a colour alone: marks and words say it too. */
export type Theme = {readonly [tone in Tone]: TextProps};

export type ThemeName = 'dark' | 'light' | 'none';

const plainLooks = {plain: {}, strong: {bold: true}, dim: {dimColor: true}} as const;

/**
 * Colours that people with any kind of colour blindness tell apart: good is blue, bad is vermilion, not green and red.
 * @see Okabe and Ito, "Color Universal Design" (2008); on a light ground the same hues, darker until their contrast with white is 4.5 to 1
 */
const themes: {readonly [name in ThemeName]: Theme} = {
	dark: {...plainLooks, good: {color: '#56B4E9'}, bad: {color: '#FF8A4C'}, warn: {color: '#F0E442'}, accent: {color: '#5FD7C8'}},
	light: {
		...plainLooks,
		good: {color: '#005F9E'},
		bad: {color: '#B34700', bold: true},
		warn: {color: '#7A5C00'},
		accent: {color: '#00725A'},
	},
	none: {plain: {}, strong: {}, dim: {}, good: {}, bad: {}, warn: {}, accent: {}},
};

export const themeOf = (name: ThemeName): Theme => themes[name];

/** Grounds of the sixteen colours that are light: white and bright white. */
const lightGrounds = new Set(['7', '15']);

/**
 * The theme for a terminal.
 * @param chosen what the person set (`MKCOA_THEME`); anything but `dark` and `light` is left to the terminal
 * @param ground what the terminal tells of its colours, as in `COLORFGBG=0;15`; without it the ground is taken for dark
 */
export function themeName(colour: boolean, chosen: string | undefined, ground: string | undefined): ThemeName {
	if (!colour) return 'none';
	if (chosen === 'dark' || chosen === 'light') return chosen;
	return lightGrounds.has(ground?.split(';').at(-1) ?? '') ? 'light' : 'dark';
}
