import { textParts } from './text_parts';

export function RichText({ text }: { text: string }) {
  return (
    <span className="rich-text" dir="auto">
      {textParts(text).map((part, at) => {
        switch (part.type) {
          case 'text':
            return part.text;
          case 'link':
            return (
              <a key={at} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
                {part.text}
              </a>
            );
        }
      })}
    </span>
  );
}
