import {languageOf} from '../language.ts';
import {englishMood, ordersInEnglish} from './english-mood.ts';
import {koreanMood, ordersInKorean} from './korean-mood.ts';
import type {Mood} from './mood.ts';

/** What stands in quotes is a name, a value or somebody's words, never grammar. */
const withoutQuotes = (text: string) => text.replaceAll(/"[^"]*"|`[^`]*`|“[^”]*”|‘[^’]*’|(?<![\p{L}\p{N}])'[^']*'(?![\p{L}\p{N}])/gu, '_');

const sentences = (text: string) =>
	withoutQuotes(text.replaceAll('’', "'"))
		.split(/(?<=[.!?…]["')]*)\s+|\n+/)
		.map(sentence => sentence.trim())
		.filter(sentence => /[\p{L}\p{N}]/u.test(sentence));

/** Most telling first. */
const rank: readonly Mood[] = ['order', 'weighed', 'forbidden', 'question', 'told', 'unclear'];

/**
 * The mood of a request: an order where one of its sentences gives one. Nothing is an order but what is recognised as one; what takes an order back or
 * makes it depend on something is told by `doubts`, `isPostponed` and `isConditional`.
 */
export function moodOf(text: string): Mood {
	const mood = languageOf(text) === 'ko' ? koreanMood : englishMood;
	const moods = sentences(text).map(mood);
	return rank.find(one => moods.includes(one)) ?? 'unclear';
}

/** Whether a request says that something is to be done. */
export const givesOrder = (text: string): boolean => moodOf(text) === 'order';

/** Whether a request may be meant as an order, whether or not it is only weighed; what is asked, told or forbidden is none. */
export const mayOrder = (text: string): boolean => !['question', 'told', 'forbidden'].includes(moodOf(text));

/** Whether one of its sentences orders outright: by a verb or a plea, not by saying what is needed or how something is to be. */
export const ordersOutright = (text: string): boolean => sentences(text).some(languageOf(text) === 'ko' ? ordersInKorean : ordersInEnglish);
