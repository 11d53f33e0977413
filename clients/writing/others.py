"""Headers of lists that tell of somebody else than the client: who sold, who is near, whom to call instead. Public."""

# Words of a normalised header: «телефон продавца», «дата рождения ребенка», «emergency contact phone».
OTHERS = (
    r"\b(?:продав\w*|кассир\w*|менеджер\w*|сотрудник\w*|консультант\w*|мастер\w*|исполнител\w*|ответственн\w*|секретар\w*"
    r"|помощник\w*|магазин\w*|салон\w*|организац\w*|компани\w*|супруг\w*|муж\w*|жен[аеыу]|мам\w*|мать|матери|пап[аеы]|отец|отца"
    r"|родител\w*|ребен\w*|дет(?:и|ей|ям|ск\w*)|сын\w*|доч\w*|брат\w*|сестр\w*|бабушк\w*|дедушк\w*|близк\w*|друга|подруг\w*"
    r"|родственник\w*|доверен\w*|экстренн\w*|поручител\w*|рекомендател\w*"
    r"|seller\w*|sales ?(?:person|man|rep)\w*|cashier\w*|employee\w*|staff|manager\w*|assistant\w*|asst|owner\w*|stores?|shops?"
    r"|company main|spouse\w*|husband\w*|wife\w*|partner\w*|child\w*|kids?|sons?|daughter\w*|mother\w*|father\w*|parents?|moms?"
    r"|dads?|emergency|referr\w*|guardian\w*)\b"
)
