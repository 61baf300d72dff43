package app

import (
	"fmt"
	"time"

	"tasuki/helper/internal/text"
)

// Sentences of this package; the windows' own stand in package text.

func either(language, ja, en string) string {
	if language == "ja" {
		return ja
	}
	return en
}

func damagedText() string {
	return either(text.Current().Language,
		"このリンクは途中で切れているため、使えません。ブラウザーのページから、もう一度お試しください。",
		"This link is not complete, so it cannot be used. Please try again from the page in your browser.")
}

func limitedText(w *text.Words, wait time.Duration) string {
	if wait <= 0 {
		return w.TooManyTries
	}
	minutes := int((wait + time.Minute - 1) / time.Minute)
	return either(w.Language,
		fmt.Sprintf("入力の回数が多すぎます。約%d分後に、もう一度お試しください。", minutes),
		fmt.Sprintf("Too many tries. Please try again in about %d min.", minutes))
}

func clipboardLater(language string) string {
	return either(language,
		"コピーした文字のやり取りは、あとであなたが許可した場合だけ行われます。",
		"Copied text is exchanged only if you allow it later.")
}

func watchAndOperate(language string) string {
	return either(language,
		"あなたは、担当者の画面を見て操作できます。",
		"You can see and operate the operator's screen.")
}

func watchOnly(language string) string {
	return either(language, "あなたは、担当者の画面を見ることができます。", "You can see the operator's screen.")
}

func nothingOfYours(language string) string {
	return either(language,
		"あなたの画面やファイルは、相手に見えません。",
		"Nothing of your own screen or files is shown.")
}

func chosenWindows(language string) string {
	return either(language,
		"見えるのは、あなたが選んだウィンドウだけです。",
		"Only the windows that you choose are visible.")
}

func inBrowser(language string) string {
	return either(language, "このあと、ブラウザーのページに進みます。", "The page in your browser opens next.")
}

func silentText(language string) string {
	return either(language,
		"担当者の応答がありませんでした。新しい番号を担当者にお尋ねください。",
		"The operator did not answer. Please ask the operator for a new number.")
}

func browserText(language string) string {
	return either(language,
		"ブラウザーを開けませんでした。ブラウザーでサポートのページを開き、新しい番号を入力してください。",
		"The browser could not be opened. Please open the support page in your browser and enter a new number there.")
}
