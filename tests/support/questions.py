"""What callers ask a front desk, in words of their own, and under which heading the answer stands."""

NONE = None

FRONT_DESK: tuple[tuple[str, str | None], ...] = (
    ("What time do you close today?", "Opening hours"),
    ("when are you guys open", "Opening hours"),
    ("are you open on Saturday", "Opening hours"),
    ("what are your hours", "Opening hours"),
    ("are you open on Christmas", "Holidays"),
    ("will you be closed for Labor Day", "Holidays"),
    ("where are you located", "Address and directions"),
    ("can you give me your address please", "Address and directions"),
    ("how do I get there by bus", "By bus or train"),
    ("is there a train station nearby", "By bus or train"),
    ("where can I park", "Parking"),
    ("do I have to pay for parking", "Parking"),
    ("I'm coming by car, is there a place to park it", "Parking"),
    ("is there a ramp for a wheel chair", "Wheelchair access"),
    ("do you have an elevator", "Wheelchair access"),
    ("do you take my insurance", "Insurance"),
    ("do you accept Aetna", "Insurance"),
    ("I have Blue Cross, is that okay", "Insurance"),
    ("do you guys take Medicaid", "Insurance"),
    ("how much is a visit if I don't have insurance", "Prices without insurance"),
    ("what does a flu shot cost", "Prices without insurance"),
    ("how much do you charge", "Prices without insurance"),
    ("can I pay with a credit card", "Ways to pay"),
    ("do you take cash", "Ways to pay"),
    ("can I pay in installments over a few months", "Ways to pay"),
    ("are you accepting new patients", "New patients"),
    ("I'm a new patient, what do I need to bring", "New patients"),
    ("how do I cancel my appointment", "Missed and cancelled appointments"),
    ("is there a fee if I miss my appointment", "Missed and cancelled appointments"),
    ("I'm running late, what should I do", "Running late"),
    ("do you take walk ins", "Walk-ins"),
    ("can I come in without an appointment", "Walk-ins"),
    ("how do I get a refill on my prescription", "Prescription refills"),
    ("I need to refill my medication", "Prescription refills"),
    ("when will I get my test results", "Test results"),
    ("are my lab results in", "Test results"),
    ("how do I sign up for the portal", "Patient portal"),
    ("I'd like a copy of my medical records", "Medical records"),
    ("do I need an appointment for a flu shot", "Vaccinations"),
    ("do you give covid vaccines", "Vaccinations"),
    ("do your doctors see children", "Children"),
    ("do you see kids", "Children"),
    ("does anyone there speak Spanish", "Languages"),
    ("can I get an interpreter", "Languages"),
    ("can I see the doctor by video", "Video visits"),
    ("do you do x rays", "Blood tests and X-rays"),
    ("when can I get my blood drawn", "Blood tests and X-rays"),
    ("what do I do in an emergency", "After hours and emergencies"),
    ("I need a doctor's note for work", "Doctor's notes"),
    ("do I have to wear a mask", "Masks"),
    ("can I eat before my blood test", "Food before a blood test"),
    ("what about my cat's birthday", NONE),
    ("do you sell tires", NONE),
    ("who won the game last night", NONE),
    ("what's the weather like tomorrow", NONE),
    ("do you have a swimming pool", NONE),
    ("can you tell me a joke", NONE),
    ("how tall is the Eiffel Tower", NONE),
    ("do you treat horses", NONE),
    ("what is your favorite color", NONE),
    ("can I order a pizza", NONE),
    ("is Robert there today", NONE),
    ("do you fix broken phones", NONE),
    ("what's the capital of France", NONE),
    ("can you sing happy birthday", NONE),
    ("how much is a haircut", NONE),
    ("where is my husband", NONE),
    ("do you do tattoos", NONE),
    ("are you a robot", NONE),
    ("what is the meaning of life", NONE),
    ("do you rent out boats", NONE),
    ("can you treat my cat for the flu", NONE),
    ("what time does the cinema close", NONE),
    ("when is the next train to Chicago", NONE),
    ("do you sell insurance for boats", NONE),
    ("can I park my horse in your lobby", NONE),
    ("how much is a new car", NONE),
    ("where can I buy a new phone", NONE),
    ("is there a bakery that sells birthday cakes", NONE),
    ("what book is the doctor reading", NONE),
    ("who is your best doctor", NONE),
)
"""For `flows/front_desk.md`."""

GARAGE: tuple[tuple[str, str | None], ...] = (
    ("how much for an oil change", "How much is an oil change?"),
    ("what do you charge to change the oil", "How much is an oil change?"),
    ("do you do state inspections", "Do you do inspections?"),
    ("my car needs to be inspected", "Do you do inspections?"),
    ("could I get a loaner while you fix mine", "Do you have loaner cars?"),
    ("do you have a car I can borrow", "Do you have loaner cars?"),
    ("can you tow my car", "Can you tow my car?"),
    ("my car broke down on the highway", "Can you tow my car?"),
    ("do you sell tires", "Do you sell tires?"),
    ("I need new tires", "Do you sell tires?"),
    ("when do you open in the morning", "When are you open?"),
    ("are you open Sundays", "When are you open?"),
    ("where's your shop", "Where are you?"),
    ("is the work guaranteed", "Is there a warranty?"),
    ("do you have a warranty on repairs", "Is there a warranty?"),
    ("do you work on electric cars", "Do you work on electric cars?"),
    ("can you fix a Tesla", "Do you work on electric cars?"),
    ("can I wait while you do it", "Can I wait there?"),
    ("is there wifi in the waiting room", "Can I wait there?"),
    ("how long does a brake job take", "How long do brakes take?"),
    ("what about my cat's birthday", NONE),
    ("do you take Medicare", NONE),
    ("what's the weather like", NONE),
    ("can I book a table for two", NONE),
    ("do you cut hair", NONE),
    ("who is the president", NONE),
    ("is Maria there", NONE),
    ("can you recommend a restaurant", NONE),
    ("do you have flu shots", NONE),
    ("how old are you", NONE),
    ("how much is a cup of tea", NONE),
    ("can you change a diaper", NONE),
    ("where can I buy a sandwich", NONE),
    ("do you work for the government", NONE),
)
"""For a garage's questions in YAML; the threshold was not chosen on these."""

GARAGE_FILE = """\
- question: [How much is an oil change?, What does an oil change cost?]
  answer: An oil change is sixty dollars with regular oil and ninety with synthetic. It takes half an hour.
- question: [Do you do inspections?, Can I get my inspection sticker?]
  answer: We do state inspections on weekdays, for thirty-five dollars.
- question: [Do you have loaner cars?, "Can I borrow a car?", Do you rent cars?]
  answer: We lend you a car for a day if your repair takes longer than that. Please ask when you book.
- question: [Can you tow my car?, "My car broke down, can you come?"]
  answer: Our truck tows within twenty miles, day and night, for eighty dollars.
- question: Do you sell tires?
  answer: We sell and mount tires of all the usual brands. Most sizes are here the next day.
- question: When are you open?
  answer: We are open Monday to Friday from seven to six, and on Saturdays until noon.
- question: [Where are you?, What is your address?]
  answer: Our shop is at 88 Canal Road, across from the fire station.
- question: [Is there a warranty?, Do you guarantee your work?]
  answer: All our repairs are guaranteed for two years or twenty-four thousand miles.
- question: [Do you work on electric cars?, "Do you fix hybrids, or a Tesla?"]
  answer: We repair hybrids and electric cars, but we do not open their batteries.
- question: [Can I wait there?, Do you have a waiting room?]
  answer: There is a waiting room with coffee and wifi.
- question: How long do brakes take?
  answer: New brakes take about two hours an axle.
- question: [How can I pay?, Do you take credit cards?]
  answer: We take cash and all cards, and no checks.
- question: Do I need an appointment?
  answer: For an oil change just come by. For everything else please make an appointment.
"""
